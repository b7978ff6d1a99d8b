import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deviceName } from './device-name.js';

describe('the name of a device', () => {
  it.each([
    [
      'Chrome on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    ],
    [
      'Chrome on Android',
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    ],
    ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'],
    [
      'Safari on iOS',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    ],
    [
      'Microsoft Edge on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    ],
    ['curl', 'curl/8.5.0'],
    ['PostmanRuntime', 'PostmanRuntime/7.48.0'],
    ['Unknown device', ''],
    ['Unknown device', '/'],
  ])('is "%s" for %s', (name, userAgent) => {
    expect(deviceName(userAgent)).toBe(name);
  });

  it('is short, and there is one, whatever the client claims', () => {
    const words = fc.constantFrom(
      'Mozilla/5.0',
      '(',
      ')',
      ';',
      ' ',
      '/',
      'Version/',
      'Windows NT',
      'Chrome/',
      'a',
      '\u00ff',
    );
    const userAgent = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(userAgent, (text) => {
        const { length } = deviceName(text);
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 500, examples: [[`${'a'.repeat(280)}/1 x`]] },
    );
  });
});
