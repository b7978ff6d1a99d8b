import { Logger } from '@nestjs/common';
import { securityEvents } from '../metrics/registry.js';

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
  | 'session-ended'
  | 'token-created'
  | 'token-revoked';

const logger = new Logger('Security');

/**
 * One structured line for each event that concerns the security of an account, with the request id and the client address.
 *
 * @param ids no e-mail address, no token, no password
 */
export function logSecurityEvent(
  event: SecurityEvent,
  ids: { userId?: number; sessionId?: string; tokenId?: number } = {},
): void {
  securityEvents.inc({ event });
  const line = { event, ...ids };
  if (event === 'log-in-failed' || event === 'refresh-reused') logger.warn(event, line);
  else logger.log(event, line);
}
