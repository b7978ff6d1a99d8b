import type { ConnectionFailure } from '../api/connection-error';
import type { LoggedRequest } from '../api/request-log';

type CorsStatus = 'readable' | 'unknown' | ConnectionFailure;

/** What the last finished request says about CORS. @param requests newest first */
export function corsStatusOf(requests: readonly LoggedRequest[]): CorsStatus {
  const last = requests.find(({ outcome }) => outcome !== 'pending' && outcome !== 'aborted')?.outcome;
  if (last === undefined || last === 'pending' || last === 'aborted') return 'unknown';
  return typeof last === 'number' ? 'readable' : last;
}
