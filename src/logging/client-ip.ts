import type { Request } from 'express';

/**
 * The address of the client, through the proxies of `TRUST_PROXY`: IPv4 in its own form, also from a dual-stack socket
 * (RFC 4291, section 2.5.5.2), and without the port that some proxies add to `X-Forwarded-For`.
 */
export function clientIpOf({ ip = '' }: Request): string {
  return ip
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');
}
