import { describe, expect, it } from '@jest/globals';
import { cookiePolicy } from './cookies.js';

describe('cookiePolicy', () => {
  it.each(['same-origin', 'same-site'] as const)('prefixes the names and keeps to the site: https, %s', (relation) => {
    expect(cookiePolicy('https://api.example.com', relation)).toEqual({
      access: {
        name: '__Host-Authentication',
        attributes: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
      },
      refresh: {
        name: '__Secure-Refresh',
        attributes: { httpOnly: true, secure: true, sameSite: 'lax', path: '/authentication' },
      },
    });
  });

  it('partitions what crosses sites: https, cross-site', () => {
    const attributes = { httpOnly: true, secure: true, sameSite: 'none', partitioned: true };
    expect(cookiePolicy('https://api.example.com', 'cross-site')).toEqual({
      access: { name: '__Host-Authentication', attributes: { ...attributes, path: '/' } },
      refresh: { name: '__Secure-Refresh', attributes: { ...attributes, path: '/authentication' } },
    });
  });

  it.each(['same-origin', 'same-site', 'cross-site'] as const)('does without Secure over http: %s', (relation) => {
    const attributes = { httpOnly: true, secure: false, sameSite: 'lax' };
    expect(cookiePolicy('http://localhost:3000', relation)).toEqual({
      access: { name: 'Authentication', attributes: { ...attributes, path: '/' } },
      refresh: { name: 'Refresh', attributes: { ...attributes, path: '/authentication' } },
    });
  });

  it.each([
    ['https://example.com/api', '/api/authentication'],
    ['https://example.com/api/', '/api/authentication'],
    ['https://example.com/api/v1', '/api/v1/authentication'],
    ['https://example.com/', '/authentication'],
    ['http://localhost:3000/api', '/api/authentication'],
  ])('follows the prefix of %s with the refresh cookie alone: %s', (apiUrl, path) => {
    const { access, refresh } = cookiePolicy(apiUrl, 'same-origin');
    expect([access.attributes.path, refresh.attributes.path]).toEqual(['/', path]);
  });
});
