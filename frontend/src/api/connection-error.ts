import { apiUrl } from './api-url';

/**
 * `refused`: the API is running, but the browser hides its response, because it does not allow the origin of this page.
 * `lost`: it allows the origin, so the connection ended before the response arrived.
 */
export type ConnectionFailure = 'offline' | 'unreachable' | 'refused' | 'lost';

const messages = {
  offline: 'You are offline. Check the connection of this device, and try again.',
  unreachable: `The API at ${apiUrl} does not respond. Is it running?`,
  refused: `The API at ${apiUrl} is running, but does not allow pages of ${location.origin}. Add this origin to its FRONTEND_URL.`,
  lost: 'The API is running, but its response did not arrive. Try again.',
};

/** The page could not read a response. `fetch` throws the same error in all these cases. */
export class ConnectionError extends Error {
  constructor(readonly failure: ConnectionFailure) {
    super(messages[failure]);
  }
}

/** Every origin may read the health of the API. Only an allowed origin may read `/authentication`, be it a 401. */
export async function findConnectionFailure(): Promise<ConnectionFailure> {
  if (!(await canRead('/health/live'))) return navigator.onLine ? 'unreachable' : 'offline';
  return (await canRead('/authentication')) ? 'lost' : 'refused';
}

/** Without credentials: so it says nothing about cookies, and does not use the session. */
function canRead(path: string): Promise<boolean> {
  const signal = AbortSignal.timeout(5_000);
  return fetch(apiUrl + path, { cache: 'no-store', credentials: 'omit', signal }).then(
    () => true,
    () => false,
  );
}
