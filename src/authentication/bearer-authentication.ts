import { BadRequestException, HttpStatus, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isSafe } from '../http/methods.js';
import { ProblemException } from '../problems/problem.exception.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { PersonalAccessTokensService } from './personal-access-tokens.service.js';

/** RFC 6750, section 3.1. */
type BearerError = 'invalid_token' | 'insufficient_scope';

/** Personal access tokens in the header `Authorization` (RFC 6750, section 2.1), never in a query or a body. */
@Injectable()
export class BearerAuthentication {
  constructor(
    private readonly cookies: AuthenticationCookies,
    private readonly tokens: PersonalAccessTokensService,
  ) {}

  /**
   * Sets the user of the request.
   *
   * @param isSessionOnly whether a token is not enough, however valid
   * @throws BadRequestException for a request that also has a session: it does not say as whom it comes
   * @throws ProblemException 401 for a token that is not valid, 403 for one that does not allow the request
   */
  async authenticate(request: Request, isSessionOnly: boolean): Promise<true> {
    const token = tokenOf(request);
    const { access, refresh } = this.cookies.readAll(request);
    if (access.length + refresh.length > 0)
      throw new BadRequestException('The request has a session cookie and a token. Send one of the two.');
    const user = await this.tokens.findUser(token);
    if (user === undefined) throw invalidToken('The token is unknown, revoked or expired.');
    if (isSessionOnly) throw forbidden('A token cannot do this. Log in, and send the cookie of the session.');
    if (user.tokenAccess === 'read' && !isSafe(request)) throw forbidden('This token can only read.');
    request.user = user;
    return true;
  }
}

function tokenOf({ headersDistinct: { authorization = [] } }: Request): string {
  if (authorization.length > 1) throw new BadRequestException('The header Authorization was sent twice.');
  const [, token] = /^Bearer +([!-~]+)$/i.exec(authorization[0] ?? '') ?? [];
  if (token === undefined) throw invalidToken('Send a token as: Authorization: Bearer <token>.');
  return token;
}

function invalidToken(detail: string): ProblemException {
  return new ProblemException(HttpStatus.UNAUTHORIZED, { detail, headers: challenge('invalid_token') });
}

function forbidden(detail: string): ProblemException {
  return new ProblemException(HttpStatus.FORBIDDEN, { detail, headers: challenge('insufficient_scope') });
}

function challenge(error: BearerError): Record<string, string> {
  return { 'WWW-Authenticate': `Bearer realm="api", error="${error}"` };
}
