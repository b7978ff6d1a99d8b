import { Injectable, Logger } from '@nestjs/common';

export type SecurityEvent =
  | 'log-in'
  | 'log-in-failed'
  | 'log-in-limited'
  | 'log-out'
  | 'refresh-reused'
  | 'password-changed'
  | 'password-reset'
  | 'email-changed'
  | 'email-confirmed'
  | 'session-ended'
  | 'account-created'
  | 'account-deleted'
  | 'role-changed';

/** What concerns the safety of an account, one structured line each. Request id and address come with every line. */
@Injectable()
export class SecurityLog {
  private readonly logger = new Logger('Security');

  /** Ids only: no address, no token, no password. */
  write(event: SecurityEvent, about: { userId?: number; sessionId?: string } = {}): void {
    const line = { event, ...about };
    if (/failed|reused|limited/.test(event)) this.logger.warn(event, line);
    else this.logger.log(event, line);
  }
}
