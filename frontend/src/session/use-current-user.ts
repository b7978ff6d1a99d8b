import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';

/** Null for somebody who is not logged in. It never gets stale: who comes and who goes is told to all tabs. */
export const currentUser = queryOptions({
  queryKey: ['current-user'],
  queryFn: () => answerOf(api.GET('/authentication')).catch(nobody),
  staleTime: Infinity,
});

function nobody(error: unknown): null {
  if (error instanceof Problem && error.status === 401) return null;
  throw error;
}

export function useCurrentUser() {
  return useQuery(currentUser);
}
