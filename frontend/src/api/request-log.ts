import { apiUrl } from './api-url';
import type { ConnectionFailure } from './connection-error';

/** A request, as the panel shows it. */
export interface LoggedRequest {
  id: number;
  method: string;
  /** Relative to the URL of the API, with the query. */
  path: string;
  /** The status of the response, or why the page could not read one. */
  outcome: number | 'pending' | 'aborted' | ConnectionFailure;
  headers: Headers;
}

const maxLength = 30;

/** Newest first. A new array after each change, as `useSyncExternalStore` needs it. */
let requests: readonly LoggedRequest[] = [];
let count = 0;
const listeners = new Set<() => void>();

function update(next: readonly LoggedRequest[]): void {
  requests = next.slice(0, maxLength);
  for (const listener of listeners) listener();
}

/** Adds a request to the log. @returns a function that sets its outcome */
export function logRequest({ url, method, headers }: Request): (outcome: LoggedRequest['outcome']) => void {
  const id = ++count;
  const path = url.slice(apiUrl.length);
  update([{ id, method, path, headers, outcome: 'pending' }, ...requests]);
  return (outcome) => update(requests.map((logged) => (logged.id === id ? { ...logged, outcome } : logged)));
}

export const requestLog = {
  getSnapshot: () => requests,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
