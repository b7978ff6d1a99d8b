import type { Operation } from './probes/preflights.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const LIMIT = 200;

/** The operations of an OpenAPI document, with example values for the parameters of their paths. @throws Error when it is none */
export function operationsOf(text: string, apiUrl: string): Operation[] {
  const document = JSON.parse(text) as {
    paths?: Record<string, Record<string, { requestBody?: unknown }>>;
    servers?: { url?: string }[];
  };
  if (typeof document.paths !== 'object') throw new Error('it has no paths');
  const base = new URL(document.servers?.[0]?.url ?? '', new URL('/', apiUrl));
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Operation[] => {
      const operation = item[method];
      if (!operation) return [];
      const url = new URL(`${base.pathname.replace(/\/$/, '')}${path.replace(/\{[^}]*\}/g, '1')}`, apiUrl);
      return [{ method: method.toUpperCase(), url: url.href, headers: operation.requestBody ? ['Content-Type'] : [] }];
    }),
  );
  // A GET or a POST without headers needs no preflight, and is not sent: nothing is known of it.
  return operations
    .filter(({ method, headers }) => !/^(?:GET|POST)$/.test(method) || headers.length > 0)
    .slice(0, LIMIT);
}
