import { isToken } from './header-list.js';

const NORMALIZED = /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i;

/** `get` becomes `GET`, but `patch` stays `patch`. Fetch, "normalize a method". */
export const normalizeMethod = (method: string) => (NORMALIZED.test(method) ? method.toUpperCase() : method);

/** A method that needs no preflight. Fetch, "CORS-safelisted method". */
export const isSafelistedMethod = (method: string) => /^(?:GET|HEAD|POST)$/.test(method);

/** A method that no script can send. Fetch, "forbidden method". */
export const isForbiddenMethod = (method: string) => /^(?:CONNECT|TRACE|TRACK)$/i.test(method);

export const isValidMethod = (method: string) => isToken(method);

/** RFC 9110, section 9.2.1: cookies with SameSite=Lax come along on a navigation with these. */
export const isSafeMethod = (method: string) => /^(?:GET|HEAD|OPTIONS|TRACE)$/.test(method);
