import type { IncomingMessage } from 'node:http';

/** RFC 9110, section 9.2.1: these change nothing. TRACE is not served. */
export function isSafe({ method }: Pick<IncomingMessage, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
