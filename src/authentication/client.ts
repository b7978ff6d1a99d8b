import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { addressOf } from '../http/client-address.js';
import type { Client } from './sessions.service.js';

/** The address (through the proxies of `TRUST_PROXY`) and the user agent of the request, as sessions remember them. */
export const CurrentClient = createParamDecorator((_: unknown, context: ExecutionContext): Client => {
  const request = context.switchToHttp().getRequest<Request>();
  return { ip: addressOf(request), userAgent: request.headers['user-agent']?.slice(0, 300) ?? '' };
});
