import { getHeader, type HeaderList } from './header-list.js';
import { parseUrl } from './urls.js';

export type CredentialsMode = 'omit' | 'same-origin' | 'include';

/** Why the answer may not be read: a name of Chromium's `CorsError`, and the value that was wrong. */
export interface CorsFailure {
  code: string;
  detail?: string;
}

/**
 * May a page of `origin` read this answer? Undefined: yes. Fetch, "CORS check"; the codes are Chromium's (DevTools protocol,
 * `Network.CorsError`).
 */
export function corsCheck(headers: HeaderList, origin: string, credentials: CredentialsMode): CorsFailure | undefined {
  const allowed = getHeader(headers, 'access-control-allow-origin');
  if (allowed === null) return { code: 'MissingAllowOriginHeader' };
  if (allowed === '*' && credentials !== 'include') return undefined;
  if (allowed === '*') return { code: 'WildcardOriginNotAllowed' };
  if (allowed !== origin) return { code: mismatchCode(allowed), detail: allowed };
  if (credentials !== 'include') return undefined;
  const flag = getHeader(headers, 'access-control-allow-credentials');
  return flag === 'true' ? undefined : { code: 'InvalidAllowCredentials', detail: flag ?? '' };
}

function mismatchCode(allowed: string): string {
  if (/[ ,]/.test(allowed)) return 'MultipleAllowOriginValues';
  return allowed === 'null' || parseUrl(allowed) ? 'AllowOriginMismatch' : 'InvalidAllowOriginValue';
}
