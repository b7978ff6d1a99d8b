import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatRefreshToken,
  hashSecret,
  hasValidProof,
  newSecret,
  parseRefreshToken,
  nextSecret,
} from './refresh-token.js';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));
const sessionId = fc.uuid({ version: 4 });
const [key, otherKey] = [Buffer.alloc(32, 'a'), Buffer.alloc(32, 'b')];

/** A token as the server reads it back. */
function issued(id: string, secret: Buffer) {
  const token = parseRefreshToken(formatRefreshToken(id, secret, key));
  if (token === undefined) throw new Error('Our own token does not parse.');
  return token;
}

describe('a refresh token', () => {
  it('is read back as it was written, and proves that it is ours', () => {
    fc.assert(
      fc.property(sessionId, bytes(32), (id, secret) => {
        const token = issued(id, secret);
        expect(token).toMatchObject({ sessionId: id, secret });
        expect(hasValidProof(token, key)).toBe(true);
      }),
    );
  });

  it('proves nothing for another session, another secret, another proof or another key', () => {
    fc.assert(
      fc.property(
        fc.tuple(sessionId, sessionId),
        bytes(32),
        bytes(32),
        bytes(16),
        ([id, other], secret, guess, proof) => {
          fc.pre(id !== other && !secret.equals(guess));
          const token = issued(id, secret);
          expect(hasValidProof({ ...token, sessionId: other }, key)).toBe(false);
          expect(hasValidProof({ ...token, secret: guess }, key)).toBe(false);
          expect(hasValidProof({ ...token, proof }, key)).toBe(proof.equals(token.proof));
          expect(hasValidProof(token, otherKey)).toBe(false);
        },
      ),
    );
  });

  it('fits a cookie as it is: nothing in it has to be encoded', () => {
    const token = formatRefreshToken('0b8f2c64-3c1e-4b1c-9d35-7a2f5b0f9a11', newSecret(), key);
    expect(token).toMatch(/^[\da-f-]{36}\.[\w-]{43}\.[\w-]{22}$/);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('is nothing else: any other text, length or alphabet', () => {
    const token = formatRefreshToken('0b8f2c64-3c1e-4b1c-9d35-7a2f5b0f9a11', newSecret(), key);
    const others = [
      `${token}A`,
      token.slice(0, -1),
      ` ${token}`,
      `${token}\n`,
      token.toUpperCase(),
      `${token}.${token}`,
    ];
    others.push(token.replaceAll('.', '%2E'), token.replaceAll('.', ':'), token.replace('-4', '-1'), '', '..');
    expect(others.map(parseRefreshToken)).toEqual(others.map(() => undefined));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseRefreshToken(text) === undefined));
  });
});

describe('the secret that follows', () => {
  it('is the same for everybody who shows the same one, and another for every key', () => {
    fc.assert(
      fc.property(bytes(32), (secret) => {
        expect(nextSecret(secret, key)).toEqual(nextSecret(Buffer.from(secret), key));
        expect(nextSecret(secret, key)).not.toEqual(nextSecret(secret, otherKey));
        expect(nextSecret(secret, key)).toHaveLength(32);
      }),
    );
  });

  it('is not the hash that is stored, or whoever reads the table could make the next token', () => {
    const secret = newSecret();
    expect(nextSecret(secret, key)).not.toEqual(hashSecret(secret));
    expect(nextSecret(hashSecret(secret), key)).not.toEqual(nextSecret(secret, key));
  });
});
