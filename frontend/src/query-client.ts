import { QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem';
import { onSessionNews } from './api/session-news';
import { currentUser } from './session/use-current-user';

// Always: an API on localhost answers without the internet, too.
const networkMode = 'always';

/** What the API refuses once, it refuses again. */
const retry = (failures: number, error: Error) => failures < 1 && !(error instanceof Problem && error.status < 500);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { networkMode, retry }, mutations: { networkMode } },
});

onSessionNews((userId) => {
  if (queryClient.getQueryData(currentUser.queryKey)?.id === userId) return;
  queryClient.removeQueries({ queryKey: ['sessions'] });
  if (userId === null) queryClient.setQueryData(currentUser.queryKey, null);
  else void queryClient.invalidateQueries(currentUser);
});
