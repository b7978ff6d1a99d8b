import { QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem';
import { onUserChange } from './api/session-channel';
import { currentUser } from './session/use-current-user';

// By default, queries pause while the browser is offline. An API on localhost can be called without a network.
const networkMode = 'always';

/** One retry, for network errors and server errors. The API would refuse an invalid request again. */
const retry = (failureCount: number, error: Error) =>
  failureCount < 1 && !(error instanceof Problem && error.status < 500);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { networkMode, retry }, mutations: { networkMode } },
});

/** What failed is loaded again when the browser is online again. */
addEventListener('online', () => {
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
});

onUserChange((userId) => {
  if (queryClient.getQueryData(currentUser.queryKey)?.id === userId) return;
  for (const name of ['sessions', 'tokens']) queryClient.removeQueries({ queryKey: [name] });
  if (userId === null) queryClient.setQueryData(currentUser.queryKey, null);
  else void queryClient.invalidateQueries(currentUser);
});
