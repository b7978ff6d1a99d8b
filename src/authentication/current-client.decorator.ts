import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { clientIpOf } from '../logging/client-ip.js';
import type { Session } from './session.entity.js';

/** What a session remembers of the client that used it last. */
export type Client = Pick<Session, 'ip' | 'userAgent'>;

/** The address (through the proxies of `TRUST_PROXY`) and the user agent of the request. */
export const CurrentClient = createParamDecorator((_: unknown, context: ExecutionContext): Client => {
  const request = context.switchToHttp().getRequest<Request>();
  return { ip: clientIpOf(request), userAgent: request.headers['user-agent']?.slice(0, 300) ?? '' };
});
