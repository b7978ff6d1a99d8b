import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** What the address bar says behind the `#`: four pages need no router. */
export function usePage(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1));
}
