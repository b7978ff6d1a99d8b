import { getAll, getHeader, variesByOrigin } from '../rules/header-list.js';
import { parseUrl } from '../rules/urls.js';
import type { Verdict } from '../verdict/verdict.js';

/** What the answer that blocked points to: the cause behind the code, where it can be told. */
export function hintFor({ steps }: Verdict, page: string): string | undefined {
  const step = steps.at(-1);
  if (!step || 'failure' in step.answer) return undefined;
  const { status, headers } = step.answer;
  const allowed = getAll(headers, 'access-control-allow-origin');
  const value = getHeader(headers, 'access-control-allow-origin');
  if (allowed.length > 1) return doubled(allowed);
  if (getAll(headers, 'access-control-allow-credentials').length > 1)
    return 'Access-Control-Allow-Credentials is sent twice: the application and a proxy both add it.';
  if (value !== null && value !== '*') return mismatch(value, page);
  if (status >= 500 || status === 421) return byStatus(step.request.kind, status);
  if (value === null && variesByOrigin(headers))
    return `The server compares Origin with a list (Vary: Origin), and ${page} is not on it.`;
  return byStatus(step.request.kind, status);
}

const doubled = (values: readonly string[]) =>
  `Access-Control-Allow-Origin is sent ${values.length} times: the application and a proxy in front of it both add it. Let one of them do it.`;

function mismatch(value: string, page: string): string | undefined {
  if (value === `${page}/`) return 'The configured origin has a slash at its end.';
  if (/[, ]/.test(value.trim()))
    return 'The configured list of origins is sent as it stands. The server has to pick the one that asks.';
  if (/^(?:undefined|false|true|null|\[object .*|\$.*)$/.test(value))
    return `"${value}" looks like a variable of the configuration that has no value.`;
  if (value === page.replace(/^https?:\/\//, '')) return 'The scheme is missing.';
  if (value.includes('*'))
    return 'A pattern is no value of this header. The server has to compare, and to answer with the origin itself.';
  return differs(parseUrl(value), parseUrl(page));
}

function differs(a: URL | undefined, b: URL | undefined): string | undefined {
  if (!a || !b) return undefined;
  if (a.hostname === b.hostname && a.port === b.port && a.protocol !== b.protocol)
    return 'The configured origin differs by scheme.';
  if (a.hostname === b.hostname && a.port !== b.port) return 'The configured origin differs by port.';
  if (a.hostname.replace(/^www\./, '') === b.hostname.replace(/^www\./, ''))
    return 'The configured origin differs by www.';
  const local = ['localhost', '127.0.0.1'];
  return local.includes(a.hostname) && local.includes(b.hostname)
    ? 'localhost and 127.0.0.1 are two origins, and two sites.'
    : undefined;
}

function byStatus(kind: 'preflight' | 'request', status: number): string | undefined {
  if (status >= 502 && status <= 504)
    return `Status ${status} is the answer of a proxy whose application cannot be reached.`;
  if (status === 500) return 'The application failed on the way, perhaps in its CORS configuration: see its log.';
  if (status === 421)
    return 'Status 421: the server does not know the host name that it was asked for. Its public URL is configured otherwise, or a proxy passes another Host.';
  if (kind === 'request') return undefined;
  if (status < 300)
    return 'Something answers OPTIONS without CORS headers: a proxy, or the router where CORS is not switched on. Let OPTIONS pass to what sends them.';
  if (status === 401 || status === 403)
    return 'Something asks for a log-in, or refuses, before CORS is looked at: a preflight never carries cookies.';
  if (status === 404 || status === 405)
    return 'No route answers OPTIONS here: CORS is not switched on for this path, or comes after the router.';
  return undefined;
}
