import { apiUrl } from './address';
import { toProblem } from './problem';
import { send } from './send';
import { tellAllTabs } from './session-news';

let last = { at: 0, isAlive: false };
let pending: Promise<boolean> | undefined;

/**
 * Refreshes the session once for all requests that met a 401, in all tabs.
 * @param sentAt when the request was sent that met the 401
 * @returns whether to send it again
 */
export function refreshSession(sentAt: number): Promise<boolean> {
  if (last.at >= sentAt) return Promise.resolve(last.isAlive);
  pending ??= refreshInOneTab(sentAt).finally(() => (pending = undefined));
  return pending;
}

/** Plain http, localhost excepted, has no Web Locks: then two tabs may refresh at once, which the API tolerates. */
async function refreshInOneTab(sentAt: number): Promise<boolean> {
  if (!('locks' in navigator)) return refresh();
  return navigator.locks.request('refresh', async () => (await isDoneSince(sentAt)) || refresh());
}

async function refresh(): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000); // Others wait for this.
  const response = await send(new Request(`${apiUrl}/authentication/refresh`, { method: 'POST', signal }));
  if (!response.ok && response.status !== 401) throw toProblem(response, await response.json().catch(() => null));
  last = { at: Date.now(), isAlive: response.ok };
  if (response.ok) noteForOtherTabs();
  else tellAllTabs(null);
  return response.ok;
}

const note = 'refreshed at ';

/** A minute long, the name of a lock says when: tabs see locks at once, but what is in localStorage a moment late. */
function noteForOtherTabs(): void {
  if (!('locks' in navigator)) return;
  void navigator.locks.request(note + String(last.at), () => new Promise((resolve) => setTimeout(resolve, 60_000)));
}

async function isDoneSince(sentAt: number): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name = '' }) => name.startsWith(note) && Number(name.slice(note.length)) >= sentAt);
}
