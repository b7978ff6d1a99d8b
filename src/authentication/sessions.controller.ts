import { Controller, Delete, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { logSecurityEvent } from '../logging/security-log.js';
import { NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import type { List } from '../pagination/page.schema.js';
import { RateLimited } from '../rate-limits/rate-limited.decorator.js';
import { CurrentUser, type SessionUser } from './current-user.decorator.js';
import { deviceName } from './device-name.js';
import type { Session } from './session.entity.js';
import { sessionIdParams, sessionPageSchema, type SessionIdParams, type SessionResponse } from './session.schema.js';
import { SessionOnly } from './session-only.decorator.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('authentication')
@Controller('authentication/sessions')
@SessionOnly()
@RateLimited('authentication')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @ApiOperation({ summary: 'List the sessions of the current user' })
  @Get()
  @OkResponse(sessionPageSchema)
  async findAll(@CurrentUser() user: SessionUser): Promise<List<SessionResponse>> {
    const items = (await this.sessions.findAll(user.id)).map((session) => toResponse(session, user));
    return { count: items.length, items };
  }

  @ApiOperation({ summary: 'End one session: its next request is refused' })
  @Delete(':id')
  @NoContentResponse()
  async remove(
    @CurrentUser() user: SessionUser,
    @Param({ schema: sessionIdParams }) { id }: SessionIdParams,
  ): Promise<void> {
    if (!(await this.sessions.end(user.id, id))) throw new NotFoundException('You have no session with this id.');
    logSecurityEvent('session-ended', { userId: user.id, sessionId: id });
  }

  @ApiOperation({ summary: 'End all sessions but the current one' })
  @Delete()
  @NoContentResponse()
  async removeOthers(@CurrentUser() user: SessionUser): Promise<void> {
    await this.sessions.endOthers(user.id, user.sessionId);
    logSecurityEvent('session-ended', { userId: user.id });
  }
}

function toResponse({ id, userAgent, ip, createdAt, lastUsedAt }: Session, user: SessionUser): SessionResponse {
  return { id, device: deviceName(userAgent), ip, createdAt, lastUsedAt, current: id === user.sessionId };
}
