import { originOf } from './urls.js';

export type ReferrerPolicy =
  | ''
  | 'no-referrer'
  | 'no-referrer-when-downgrade'
  | 'same-origin'
  | 'origin'
  | 'strict-origin'
  | 'origin-when-cross-origin'
  | 'strict-origin-when-cross-origin'
  | 'unsafe-url';

export interface OriginRequest {
  origin: string;
  /** The URLs so far: the requested one and those it was redirected to. */
  urls: readonly URL[];
  method: string;
  mode: string;
  /** The answer has to pass the CORS check. */
  isCors: boolean;
  referrerPolicy: ReferrerPolicy;
}

/** A second foreign origin in the chain makes the origin opaque. Fetch, "request" ("redirect-tainted origin"). */
export function isRedirectTainted(origin: string, urls: readonly URL[]): boolean {
  return urls.some((url, index) => {
    const last = urls[index - 1];
    return last !== undefined && originOf(url) !== originOf(last) && originOf(last) !== origin;
  });
}

/** Fetch, "serializing a request origin". */
export const serializedOrigin = ({ origin, urls }: Pick<OriginRequest, 'origin' | 'urls'>) =>
  isRedirectTainted(origin, urls) ? 'null' : origin;

/** The `Origin` header, or undefined. Fetch, "append a request `Origin` header". */
export function originHeader(request: OriginRequest): string | undefined {
  const serialized = serializedOrigin(request);
  if (request.isCors || request.mode === 'websocket') return serialized;
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  return request.mode === 'cors' || !isHiddenByPolicy(request) ? serialized : 'null';
}

function isHiddenByPolicy({ origin, urls, referrerPolicy }: OriginRequest): boolean {
  const target = urls.at(-1);
  switch (referrerPolicy) {
    case 'no-referrer':
      return true;
    case '':
    case 'no-referrer-when-downgrade':
    case 'strict-origin':
    case 'strict-origin-when-cross-origin':
      return origin.startsWith('https:') && target?.protocol !== 'https:';
    case 'same-origin':
      return target === undefined || originOf(target) !== origin;
    default:
      return false;
  }
}
