import { apiUrl } from './address';
import { preflightReasons } from './preflight';

/** One request as the panel shows it. */
export interface Exchange {
  id: number;
  method: string;
  /** With the query, below the address of the API. */
  path: string;
  /** `hidden`: no answer that this page may read. */
  outcome: number | 'waiting' | 'hidden' | 'cancelled';
  preflight: string[];
}

const kept = 30;

/** Newest first. Replaced, never changed, as `useSyncExternalStore` wants it. */
let exchanges: readonly Exchange[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: readonly Exchange[]): void {
  exchanges = next.slice(0, kept);
  for (const listener of listeners) listener();
}

/** @returns what to call with the outcome */
export function record(request: Request): (outcome: Exchange['outcome']) => void {
  const id = ++count;
  const path = request.url.slice(apiUrl.length);
  const preflight = preflightReasons(request, location.origin);
  const begun: Exchange = { id, method: request.method, path, outcome: 'waiting', preflight };
  change([begun, ...exchanges]);
  return (outcome) => change(exchanges.map((exchange) => (exchange.id === id ? { ...exchange, outcome } : exchange)));
}

export const traffic = {
  read: () => exchanges,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
