import { expect, it } from '@jest/globals';
import { explainBlockedCookie } from './cookie-verdict';

it.each([
  ['https://app.example.com', 'https://api.example.com', 'safari', undefined],
  ['https://app.example.com', 'https://api.example.com/v1', 'chromium', undefined],
  ['https://app.example.com', 'https://api.example.org', 'chromium', undefined],
  ['https://app.example.com', 'https://api.example.org', 'firefox', undefined],
  ['https://app.example.com', 'https://api.example.org', 'safari', 'ThirdPartyBlocked'],
  ['http://localhost:5173', 'http://localhost:3000', 'firefox', undefined],
  ['http://localhost:5173', 'http://127.0.0.1:3000', 'chromium', 'SameSiteLax'],
  ['https://app.example.com', 'http://api.example.com', 'safari', 'mixed-content'],
] as const)('of a page at %s and an API at %s, %s blocks the cookie: %s', (page, api, browser, code) => {
  expect(explainBlockedCookie(page, api, browser)?.code).toBe(code);
});
