import { isToken } from '../rules/header-list.js';
import { isForbiddenMethod, isSafelistedMethod, isValidMethod, normalizeMethod } from '../rules/methods.js';
import type { PageRequest } from './page-request.js';

// eslint-disable-next-line no-control-regex
const FORBIDDEN_IN_VALUE = /[\0\r\n]|[^\x00-\xFF]/;

/** What `fetch` throws for before anything is sent: a code and its detail. Fetch, "new Request(input, init)". */
export function findCallError(request: PageRequest, url: URL): [code: string, detail: string] | undefined {
  const { kind, method, mode, headers, hasBody } = request;
  if (kind !== 'navigation' && (url.username !== '' || url.password !== '') && kind === 'fetch')
    return ['UrlWithCredentials', ''];
  if (!isValidMethod(method)) return ['InvalidMethod', method];
  if (isForbiddenMethod(method)) return ['ForbiddenMethod', method];
  if (mode === 'no-cors' && !isSafelistedMethod(normalizeMethod(method))) return ['MethodNotAllowedInNoCors', method];
  const header = headers.find(([name, value]) => !isToken(name) || FORBIDDEN_IN_VALUE.test(value.trim()));
  if (header) return ['InvalidHeader', header[0]];
  return hasBody && /^(?:GET|HEAD)$/i.test(method) ? ['BodyNotAllowed', method.toUpperCase()] : undefined;
}
