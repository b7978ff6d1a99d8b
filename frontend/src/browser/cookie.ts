import type { Exchange } from '../api/traffic';

export type CookieOutcome = 'arrived' | 'missing' | 'set' | 'not needed';

const isPath = ({ method, path }: Exchange, name: string) => `${method} ${path}` === name;

/** What an answer tells about the cookie. The page cannot see it (HttpOnly), but only with it some requests succeed. */
export function cookieOf(exchange: Exchange): CookieOutcome {
  const { method, path, outcome } = exchange;
  const isOk = typeof outcome === 'number' && outcome < 400;
  if (isPath(exchange, 'POST /authentication/log-in')) return isOk ? 'set' : 'not needed';
  if (outcome === 401) return 'missing';
  const isOpen = /\/(register|log-out)$/.test(path) || (method === 'GET' && !path.includes('/authentication'));
  return isOk && !isOpen ? 'arrived' : 'not needed';
}

/** @param exchanges newest first */
export function cookieFact(exchanges: readonly Exchange[]): 'arrived' | 'lost' | 'none' | 'unknown' {
  const outcomes = exchanges.map(cookieOf);
  const last = outcomes.find((outcome) => outcome === 'arrived' || outcome === 'missing');
  if (last !== 'missing') return last ?? 'unknown';
  const sinceLogIn = outcomes.slice(0, Math.max(0, outcomes.indexOf('set')));
  const isOver = exchanges.slice(0, sinceLogIn.length).some((exchange) => exchange.path.endsWith('/log-out'));
  return sinceLogIn.length > 0 && !sinceLogIn.includes('arrived') && !isOver ? 'lost' : 'none';
}
