import { createHash, createHmac } from 'node:crypto';

type Json = Record<string, unknown>;

const base64 = (part: Json) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A JWT with any header, signed in any way: what a library would refuse to make. */
export function forge(header: Json, claims: Json, sign: (input: string) => string): string {
  const input = `${base64(header)}.${base64(claims)}`;
  return `${input}.${sign(input)}`;
}

export const hmac =
  (key: Buffer, hash = 'sha256') =>
  (input: string) =>
    createHmac(hash, key).update(input).digest('base64url');

export function claimsOf(token: string): Json {
  return partOf(token, 1);
}

export function headerOf(token: string): Json {
  return partOf(token, 0);
}

/** How the header of an access token names the key that signed it. */
export function kidOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 12);
}

function partOf(token: string, index: number): Json {
  return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Json;
}
