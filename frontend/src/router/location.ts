import { useSyncExternalStore } from 'react';

/** Goes to a path of this frontend without loading the document again. */
export function navigate(to: string): void {
  history.pushState(null, '', to);
  notify();
  scrollTo(0, 0);
  // Screen readers read the new page, and Tab continues there.
  document.getElementById('main')?.focus({ preventScroll: true });
}

/** Changes the query of the address, without a new entry in the history. */
export function replaceQuery(query: string): void {
  history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
  notify();
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** The query of the address, with its question mark. */
export function useQueryString(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}

const listeners = new Set<() => void>();
addEventListener('popstate', notify);

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
