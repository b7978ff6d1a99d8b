import { apiUrl } from './api-url';
import { toProblem } from './problem';
import { send } from './send';
import { broadcastUser } from './session-channel';

let lastRefresh = { at: 0, succeeded: false };
let pendingRefresh: Promise<boolean> | undefined;

/**
 * Refreshes the session once for all requests, in all tabs, that got a 401.
 * @param sentAt when the request that got the 401 was sent, in milliseconds
 * @returns whether to send that request again
 */
export function refreshSession(sentAt: number): Promise<boolean> {
  if (lastRefresh.at >= sentAt) return Promise.resolve(lastRefresh.succeeded);
  pendingRefresh ??= refreshInOneTab(sentAt).finally(() => (pendingRefresh = undefined));
  return pendingRefresh;
}

/** Plain http has no Web Locks, except on localhost. Then two tabs may refresh at the same time, which the API tolerates. */
async function refreshInOneTab(sentAt: number): Promise<boolean> {
  if (!('locks' in navigator)) return refresh();
  return navigator.locks.request('refresh', async () => (await wasRefreshedSince(sentAt)) || refresh());
}

async function refresh(): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000); // Other requests and other tabs wait for this one.
  const response = await send(new Request(`${apiUrl}/authentication/refresh`, { method: 'POST', signal }));
  if (!response.ok && response.status !== 401) throw toProblem(response, await response.json().catch(() => null));
  lastRefresh = { at: Date.now(), succeeded: response.ok };
  if (response.ok) markAsRefreshed();
  else broadcastUser(null);
  return response.ok;
}

const markPrefix = 'refreshed at ';

/**
 * Tells the other tabs the time of the refresh: as the name of a lock that is held for a minute. A tab sees the locks of the
 * others at once, but a change of localStorage only a moment later.
 */
function markAsRefreshed(): void {
  if (!('locks' in navigator)) return;
  const hold = () => new Promise((resolve) => setTimeout(resolve, 60_000));
  void navigator.locks.request(markPrefix + String(lastRefresh.at), hold);
}

async function wasRefreshedSince(sentAt: number): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name = '' }) => name.startsWith(markPrefix) && Number(name.slice(markPrefix.length)) >= sentAt);
}
