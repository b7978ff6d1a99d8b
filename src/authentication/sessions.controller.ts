import { Controller, Delete, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { NoStore } from '../http/no-store.js';
import { CurrentUser } from './current-user.js';
import { deviceName } from './device.js';
import { logSecurityEvent } from './security-log.js';
import type { Session } from './session.entity.js';
import { sessionIdSchema, sessionPageSchema, type SessionId } from './session.schema.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('authentication')
@Controller('authentication/sessions')
@NoStore()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @ApiOperation({ summary: 'Where you are logged in' })
  @Get()
  @Answers(200, sessionPageSchema)
  async findAll(@CurrentUser() user: CurrentUser) {
    const items = (await this.sessions.findAll(user.id)).map((session) => present(session, user));
    return { count: items.length, items };
  }

  @ApiOperation({ summary: 'End one session; it is over with the next request it sends' })
  @Delete(':id')
  @AnswersNothing()
  async remove(@CurrentUser() user: CurrentUser, @Param({ schema: sessionIdSchema }) { id }: SessionId) {
    if (!(await this.sessions.end(user.id, id))) throw new NotFoundException('You have no session with this id.');
    logSecurityEvent('session-ended', { userId: user.id, sessionId: id });
  }

  @ApiOperation({ summary: 'End all sessions but this one' })
  @Delete()
  @AnswersNothing()
  async removeOthers(@CurrentUser() user: CurrentUser) {
    await this.sessions.endAllBut(user.id, user.sessionId);
    logSecurityEvent('session-ended', { userId: user.id });
  }
}

function present({ id, userAgent, ip, createdAt, lastUsedAt }: Session, user: CurrentUser) {
  return { id, device: deviceName(userAgent), ip, createdAt, lastUsedAt, current: id === user.sessionId };
}
