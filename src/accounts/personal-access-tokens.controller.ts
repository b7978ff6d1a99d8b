import {
  Body,
  Controller,
  Delete,
  Get,
  HttpStatus,
  NotFoundException,
  Param,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LogIn } from '../authentication/authentication.schema.js';
import { CredentialsService } from '../authentication/credentials.service.js';
import { CurrentClient, type Client } from '../authentication/current-client.decorator.js';
import { CurrentUser, type SessionUser } from '../authentication/current-user.decorator.js';
import { OptionalSession } from '../authentication/optional-session.decorator.js';
import type { PersonalAccessToken } from '../authentication/personal-access-token.entity.js';
import { PersonalAccessTokensService, type TokenOwner } from '../authentication/personal-access-tokens.service.js';
import { SessionOnly } from '../authentication/session-only.decorator.js';
import { Location } from '../http/location.decorator.js';
import { logSecurityEvent } from '../logging/security-log.js';
import { CreatedResponse, NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import type { List } from '../pagination/page.schema.js';
import { RateLimited } from '../rate-limits/rate-limited.decorator.js';
import { idParams, type IdParams } from '../validation/field.schemas.js';
import {
  createdTokenSchema,
  createTokenSchema,
  tokenPageSchema,
  type CreatedToken,
  type CreateToken,
  type TokenResponse,
} from './personal-access-token.schema.js';

@ApiTags('authentication')
@Controller('authentication/tokens')
@RateLimited('authentication')
export class PersonalAccessTokensController {
  constructor(
    private readonly tokens: PersonalAccessTokensService,
    private readonly credentials: CredentialsService,
  ) {}

  @ApiOperation({
    summary: 'Create a personal access token; for a client without a cookie jar',
    description: 'Needs a session, or an e-mail address and its password in the body.',
  })
  @Post()
  @OptionalSession()
  @Location()
  @RateLimited('authentication', 'passwords')
  @CreatedResponse(createdTokenSchema, HttpStatus.UNAUTHORIZED, HttpStatus.CONFLICT)
  async create(
    @CurrentUser() user: SessionUser | undefined,
    @Body({ schema: createTokenSchema }) { email, password, name, access, expiresAt = null }: CreateToken,
    @CurrentClient() { ip }: Client,
  ): Promise<CreatedToken> {
    const owner = email === undefined ? ownerOf(user) : await this.verify({ email, password: password ?? '' }, ip);
    const { id, token } = await this.tokens.create(owner, { name, access, expiresAt });
    logSecurityEvent('token-created', { userId: owner.userId, tokenId: id });
    return { id, name, access, expiresAt, token };
  }

  @ApiOperation({ summary: 'List the personal access tokens of the current user' })
  @Get()
  @SessionOnly()
  @OkResponse(tokenPageSchema)
  async findAll(@CurrentUser() user: SessionUser): Promise<List<TokenResponse>> {
    const items = (await this.tokens.findAll(user.id)).map(toResponse);
    return { count: items.length, items };
  }

  @ApiOperation({ summary: 'Revoke a token: its next request is refused' })
  @Delete(':id')
  @SessionOnly()
  @NoContentResponse()
  async remove(@CurrentUser() user: SessionUser, @Param({ schema: idParams }) { id }: IdParams): Promise<void> {
    if (!(await this.tokens.revoke(user.id, id))) throw new NotFoundException('You have no token with this id.');
    logSecurityEvent('token-revoked', { userId: user.id, tokenId: id });
  }

  private async verify(credentials: LogIn, ip: string): Promise<TokenOwner> {
    const user = await this.credentials.verify(credentials, ip);
    if (user === undefined) throw new UnauthorizedException('The e-mail address or the password is wrong.');
    return { userId: user.id, passwordHash: user.passwordHash };
  }
}

function ownerOf(user: SessionUser | undefined): TokenOwner {
  if (user === undefined) throw new UnauthorizedException('Log in first, or send an e-mail address and its password.');
  return { userId: user.id, sessionId: user.sessionId };
}

function toResponse({ id, name, access, expiresAt, createdAt, lastUsedAt }: PersonalAccessToken): TokenResponse {
  return { id, name, access, expiresAt, createdAt, lastUsedAt };
}
