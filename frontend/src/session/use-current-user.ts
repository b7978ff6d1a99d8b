import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';

/** Null when no user is logged in. It never becomes stale, because every log-in and log-out is broadcast to all tabs. */
export const currentUser = queryOptions({
  queryKey: ['current-user'],
  queryFn: () => unwrap(api.GET('/authentication')).catch(nullIfUnauthorized),
  staleTime: Infinity,
});

function nullIfUnauthorized(error: unknown): null {
  if (error instanceof Problem && error.status === 401) return null;
  throw error;
}

export function useCurrentUser() {
  return useQuery(currentUser);
}
