import { describe, expect, it } from '@jest/globals';
import { nearestOrigin } from './nearest-origin.js';

const entries = [
  'http://localhost:5173',
  'https://app.example.com',
  'https://www.example.org',
  'https://*.example.net',
  'https://my-app-*-my-team.vercel.app',
];

describe('nearestOrigin', () => {
  it.each([
    ['http://localhost:5174', 'http://localhost:5173', 'differs by port: 5174 instead of 5173'],
    ['http://localhost', 'http://localhost:5173', 'differs by port: none instead of 5173'],
    ['https://app.example.com:8443', 'https://app.example.com', 'differs by port: 8443 instead of none'],
    ['http://127.0.0.1:5173', 'http://localhost:5173', 'differs by host: 127.0.0.1 instead of localhost'],
    ['http://app.example.com', 'https://app.example.com', 'differs by scheme: http instead of https'],
    ['app.example.com', 'https://app.example.com', 'differs by scheme: none instead of https'],
    ['https://example.org', 'https://www.example.org', 'differs by www: without instead of with'],
    ['https://www.app.example.com', 'https://app.example.com', 'differs by www: with instead of without'],
    ['https://app.example.com/', 'https://app.example.com', 'differs by trailing slash'],
    ['https://app.example.com/login', 'https://app.example.com', 'differs by what follows the host'],
    ['https://app.example.com.', 'https://app.example.com', 'differs by trailing dot'],
    ['https://App.Example.com', 'https://app.example.com', 'differs by upper case'],
    ['https://me@app.example.com', 'https://app.example.com', 'differs by user info'],
    [
      'https://api.example.com',
      'https://app.example.com',
      'differs by host: api.example.com instead of app.example.com',
    ],
    ['https://evil.com', 'https://app.example.com', 'differs by host: evil.com instead of app.example.com'],
    ['http://app.example.net', 'https://*.example.net', 'differs by scheme: http instead of https'],
    ['https://example.net', 'https://*.example.net', 'differs by host: example.net instead of *.example.net'],
    [
      'https://my-app-1-my-team.vercel.app:8443',
      'https://my-app-*-my-team.vercel.app',
      'differs by port: 8443 instead of none',
    ],
    [
      'https://my-app-a.b-my-team.vercel.app',
      'https://my-app-*-my-team.vercel.app',
      'differs by host: my-app-a.b-my-team.vercel.app instead of my-app-*-my-team.vercel.app',
    ],
    [
      'http://app.example.com:8080/',
      'https://app.example.com',
      'differs by trailing slash, and by scheme: http instead of https, and by port: 8080 instead of none',
    ],
  ])('compares %s with %s: %s', (origin, entry, difference) => {
    expect(nearestOrigin(origin, entries)).toEqual({ entry, difference });
  });

  it.each(['', 'null'])('has nothing to say of %j', (origin) => {
    expect(nearestOrigin(origin, entries)).toBeUndefined();
  });

  it('has nothing to say of an empty list', () => {
    expect(nearestOrigin('https://app.example.com', [])).toBeUndefined();
  });

  it('prints no control characters and nothing beyond ASCII', () => {
    const { difference = '' } = nearestOrigin('https://a\r\n\0\u001b[31m\u202eü.com', entries) ?? {};
    expect(difference).toMatch(/^[ -~]+$/);
  });

  it('prints little and comes to an end, whatever comes', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `https://app${i}.example.com`);
    const { difference = '' } = nearestOrigin(`https://${'a'.repeat(100_000)}`, many) ?? {};
    expect(difference.length).toBeLessThan(400);
    nearestOrigin('@'.repeat(100_000), many);
    nearestOrigin(':'.repeat(100_000), many);
  });
});
