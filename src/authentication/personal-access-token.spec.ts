import { describe, expect, it } from '@jest/globals';
import { isPersonalAccessToken, newPersonalAccessToken } from './personal-access-token.js';

describe('a personal access token', () => {
  const token = newPersonalAccessToken();

  it('has a prefix, 43 random characters and a checksum of 6', () => {
    expect(token).toMatch(/^coapi_[0-9A-Za-z]{49}$/);
    expect(new Set(Array.from({ length: 1_000 }, newPersonalAccessToken)).size).toBe(1_000);
    expect(isPersonalAccessToken(token)).toBe(true);
  });

  it('ends with the CRC-32 of its characters in base 62', () => {
    expect(isPersonalAccessToken(`coapi_${'0'.repeat(43)}2CZclj`)).toBe(true);
  });

  it('is none with one character changed, wherever', () => {
    for (let index = 0; index < token.length; index += 1) {
      const changed = token.slice(0, index) + (token[index] === 'x' ? 'y' : 'x') + token.slice(index + 1);
      expect([changed, isPersonalAccessToken(changed)]).toEqual([changed, false]);
    }
  });

  it.each([
    '',
    'coapi_',
    token.slice(1),
    token.slice(0, -1),
    `${token}0`,
    ` ${token}`,
    `${token}\n`,
    token.toUpperCase(),
  ])('is none in %j', (text) => expect(isPersonalAccessToken(text)).toBe(false));
});
