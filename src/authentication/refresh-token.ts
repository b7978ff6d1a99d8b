import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The id of a session, 256 random bits, and the proof that this API gave them to this session. */
export interface RefreshToken {
  sessionId: string;
  secret: Buffer;
  proof: Buffer;
}

/** `<uuid>.<43 characters of base64url>.<22 characters>` */
const pattern = /^([\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})\.([\w-]{43})\.([\w-]{22})$/;

/** @returns undefined for anything that does not have the form of a refresh token */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, secret, proof] = pattern.exec(text) ?? [];
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
 * The secret that replaces this one. Derived rather than random: all who present the same token at the same time (two
 * tabs, a retry after a lost response) receive the same next one, although only hashes are stored.
 */
export function nextSecret(secret: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(secret).digest();
}

/**
 * Whether this API issued the token. It tells a replaced token of a session (somebody has a copy) from an invented one:
 * without it, whoever knows the id of a session could end it. The current token needs no proof, so it outlives the key.
 */
export function hasValidProof({ sessionId, secret, proof }: RefreshToken, key: Buffer): boolean {
  return timingSafeEqual(proof, proofOf(sessionId, secret, key));
}

/** 256 random bits need neither a salt nor a slow hash. */
export function hashSecret(secret: Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** 128 bits. The session id makes its input longer than that of `nextSecret`, so that no value serves for both. */
function proofOf(sessionId: string, secret: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(sessionId).update(secret).digest().subarray(0, 16);
}
