import { expect, it } from '@jest/globals';
import { currentBrowser } from './current-browser';

it.each([
  ['firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'],
  ['chromium', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'], // prettier-ignore
  ['safari', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15'], // prettier-ignore
  // All browsers on iOS have the engine of Safari.
  ['safari', 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1'], // prettier-ignore
])('goes by the rules of %s: %s', (name, userAgent) => {
  expect(currentBrowser(userAgent)).toBe(name);
});
