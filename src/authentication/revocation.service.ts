import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PersonalAccessTokensService } from './personal-access-tokens.service.js';
import { SessionsService } from './sessions.service.js';

/** With a new password: whoever knew the old one may have logged in, or created tokens. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly tokens: PersonalAccessTokensService,
  ) {}

  /** Ends all sessions of a user but one, and revokes all tokens. */
  async revokeOthers(userId: number, sessionId: string, manager: EntityManager): Promise<void> {
    await this.sessions.endOthers(userId, sessionId, manager);
    await this.tokens.revokeAll(userId, manager);
  }

  /** Ends all sessions of a user, and revokes all tokens. */
  async revokeAll(userId: number, manager: EntityManager): Promise<void> {
    await this.sessions.endAll(userId, manager);
    await this.tokens.revokeAll(userId, manager);
  }
}
