import { expect, it } from '@jest/globals';
import { relationOf } from './site';

/** As a browser whose list of public suffixes has these. */
const mayShareCookies = (domain: string) => !['', 'com', 'github.io', '0.0.1'].includes(domain);

it.each([
  ['https://example.com', 'https://example.com/api', 'same origin'],
  ['http://localhost:5173', 'http://localhost:3000', 'same site'],
  ['https://app.example.com', 'https://api.example.com', 'same site'],
  ['https://example.com', 'https://api.example.com', 'same site'],
  ['http://app.example.com', 'https://api.example.com', 'cross-site'],
  ['https://app.example.com', 'https://api.example.org', 'cross-site'],
  ['https://app.example.com', 'https://api.sample.com', 'cross-site'],
  ['https://ada.github.io', 'https://tomas.github.io', 'cross-site'],
  ['http://localhost:5173', 'http://127.0.0.1:3000', 'cross-site'],
  ['http://10.0.0.1', 'http://127.0.0.1', 'cross-site'],
])('%s and %s: %s', (page, api, relation) => {
  expect(relationOf(new URL(page), new URL(api), mayShareCookies)).toBe(relation);
});
