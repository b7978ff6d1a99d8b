import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from './sessions.service.js';

/** The address (through the proxies of `TRUST_PROXY`) and the user agent of the request, as sessions remember them. */
export const CurrentClient = createParamDecorator((_: unknown, context: ExecutionContext): Client => {
  const { ip = '', headers } = context.switchToHttp().getRequest<Request>();
  // An IPv4 client of a socket that takes both reads ::ffff:192.0.2.1 (RFC 4291, section 2.5.5.2).
  return { ip: ip.replace(/^::ffff:/, ''), userAgent: headers['user-agent']?.slice(0, 300) ?? '' };
});
