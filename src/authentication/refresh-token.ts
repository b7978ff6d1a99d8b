import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A session's id, 256 bits that only its browser knows, and the proof that we gave these to this session. */
export interface RefreshToken {
  sessionId: string;
  secret: Buffer;
  proof: Buffer;
}

/** `<uuid>.<43 characters of base64url>.<22 characters>` */
const form = /^([\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})\.([\w-]{43})\.([\w-]{22})$/;

/** @returns undefined for anything that was never a refresh token of ours */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, secret, proof] = form.exec(text) ?? [];
  if (sessionId === undefined || secret === undefined || proof === undefined) return undefined;
  return { sessionId, secret: Buffer.from(secret, 'base64url'), proof: Buffer.from(proof, 'base64url') };
}

export function formatRefreshToken(sessionId: string, secret: Buffer, key: Buffer): string {
  return [sessionId, secret.toString('base64url'), proofOf(sessionId, secret, key).toString('base64url')].join('.');
}

export function newSecret(): Buffer {
  return randomBytes(32);
}

/**
 * The secret that follows this one. Derived rather than drawn, so that everybody who shows the same token at the same
 * time (two tabs, a retry after a lost answer) is given the same next one, although only hashes are stored.
 */
export function successor(secret: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(secret).digest();
}

/**
 * Tells a token of this session that was replaced (somebody has a copy) from one that never was: without it, whoever
 * knows the id of a session could end it. A token in force needs no proof, so it outlives the key.
 */
export function isOurs({ sessionId, secret, proof }: RefreshToken, key: Buffer): boolean {
  return timingSafeEqual(proof, proofOf(sessionId, secret, key));
}

/** A random token needs no salt and no slow hash: there is nothing to guess. */
export function hashOf(secret: Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** 128 bits. The id keeps it apart from `successor`, whose input has no more than the 32 bytes of a secret. */
function proofOf(sessionId: string, secret: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(sessionId).update(secret).digest().subarray(0, 16);
}
