import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A session's id, and 256 bits that only its browser knows: `<uuid>.<43 characters of base64url>`. */
export interface RefreshToken {
  sessionId: string;
  secret: Buffer;
}

const form = /^([\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})\.([\w-]{43})$/;

/** @returns undefined for anything that was never a refresh token of ours */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, secret] = form.exec(text) ?? [];
  if (sessionId === undefined || secret === undefined) return undefined;
  return { sessionId, secret: Buffer.from(secret, 'base64url') };
}

export function formatRefreshToken({ sessionId, secret }: RefreshToken): string {
  return `${sessionId}.${secret.toString('base64url')}`;
}

export function newSecret(): Buffer {
  return randomBytes(32);
}

/**
 * The token that follows this one. Derived rather than drawn, so that everybody who shows the same token at the same
 * time (two tabs, a retry after a lost answer) is given the same next one, although only hashes are stored.
 */
export function successor(secret: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(secret).digest();
}

/** A random token needs no salt and no slow hash: there is nothing to guess. */
export function hashOf(secret: Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}
