import { apiUrl } from './address';
import { toProblem } from './problem';
import { send } from './send';
import { tellAllTabs } from './session-news';

/** When the session was last refreshed, by whichever tab, and whether there still was one. */
interface LastRefresh {
  at: number;
  isAlive: boolean;
}

const key = 'last-refresh';

/**
 * Refreshes the session once for all requests that met a 401, in all tabs: the first one does it, the others wait for
 * the lock and find it done.
 * @param sentAt when the request was sent that met the 401
 * @returns whether to send it again
 */
export function refreshSession(sentAt: number): Promise<boolean> {
  return oneAtATime(async () => {
    const last = JSON.parse(localStorage.getItem(key) ?? '{ "at": 0 }') as LastRefresh;
    return last.at >= sentAt ? last.isAlive : refresh();
  });
}

async function refresh(): Promise<boolean> {
  // The others wait for this one, so it must not take forever.
  const signal = AbortSignal.timeout(10_000);
  const response = await send(new Request(`${apiUrl}/authentication/refresh`, { method: 'POST', signal }));
  if (!response.ok && response.status !== 401) throw toProblem(response, await response.json().catch(() => null));
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), isAlive: response.ok } satisfies LastRefresh));
  if (!response.ok) tellAllTabs(null);
  return response.ok;
}

let previous: Promise<unknown> = Promise.resolve();

/** Plain http has no Web Locks, localhost excepted: then the tabs do not wait for each other, which the API tolerates. */
function oneAtATime<T>(task: () => Promise<T>): Promise<T> {
  if ('locks' in navigator) return navigator.locks.request('refresh', task);
  const next = previous.then(task, task);
  previous = next;
  return next;
}
