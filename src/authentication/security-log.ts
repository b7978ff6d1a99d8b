import { Logger } from '@nestjs/common';

export type SecurityEvent =
  | 'account-created'
  | 'account-deleted'
  | 'email-changed'
  | 'email-confirmed'
  | 'log-in'
  | 'log-in-failed'
  | 'log-out'
  | 'password-changed'
  | 'password-reset'
  | 'refresh-reused'
  | 'role-changed'
  | 'session-ended';

const logger = new Logger('Security');

/** What concerns the safety of an account, one structured line each. Request id and address come with every line. */
export function logSecurityEvent(event: SecurityEvent, about: { userId?: number; sessionId?: string } = {}): void {
  // Ids only: no e-mail address, no token, no password.
  const line = { event, ...about };
  if (event === 'log-in-failed' || event === 'refresh-reused') logger.warn(event, line);
  else logger.log(event, line);
}
