import { useQuery } from '@tanstack/react-query';
import { apiUrl } from '../api/address';
import type { Exchange } from '../api/traffic';

export type CorsFact = 'readable' | 'refused' | 'unreachable' | 'unknown';

/**
 * `fetch` does not say why it failed. But any page may read the health of the API: if this one can, the API runs, and what
 * it hides from this page is hidden by CORS.
 */
export function useCorsFact(exchanges: readonly Exchange[]): CorsFact {
  const last = exchanges.find(({ outcome }) => outcome === 'hidden' || typeof outcome === 'number');
  const isHidden = last?.outcome === 'hidden';
  const { data } = useQuery({ queryKey: ['health', last?.id], queryFn: isAlive, enabled: isHidden, gcTime: 0 });
  if (!isHidden) return last === undefined ? 'unknown' : 'readable';
  return data === undefined ? 'unknown' : data ? 'refused' : 'unreachable';
}

/** Not through `send`: with credentials, only an allowed origin could read it. */
function isAlive(): Promise<boolean> {
  return fetch(`${apiUrl}/health/live`).then(
    () => true,
    () => false,
  );
}
