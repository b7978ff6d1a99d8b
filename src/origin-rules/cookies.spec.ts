import { describe, expect, it } from '@jest/globals';
import { cookieAttributes, cookieNames, describeAttributes, otherCookieAttributes } from './cookies.js';

const https = new URL('https://api.example.com/v1');
const http = new URL('http://localhost:3000');

describe('the names of the cookies', () => {
  it('have a prefix over https, so that no other host can set them', () => {
    expect(cookieNames(https, '')).toEqual({ access: '__Host-Authentication', refresh: '__Host-Refresh' });
  });

  it('have none over http, where browsers refuse it', () => {
    expect(cookieNames(http, '')).toEqual({ access: 'Authentication', refresh: 'Refresh' });
  });

  it('begin with the prefix that tells two copies on one host apart', () => {
    const shop = { access: '__Host-shop-Authentication', refresh: '__Host-shop-Refresh' };
    expect(cookieNames(https, 'shop')).toEqual(shop);
    expect(cookieNames(http, 'shop')).toEqual({ access: 'shop-Authentication', refresh: 'shop-Refresh' });
  });
});

describe('the attributes of the cookies', () => {
  it.each(['same-origin', 'same-site'] as const)('are SameSite=Lax over https for a %s page', (relation) => {
    expect(cookieAttributes(https, relation)).toEqual({ httpOnly: true, secure: true, path: '/', sameSite: 'lax' });
  });

  it('are SameSite=None and Partitioned over https for a page of another site', () => {
    const attributes = { httpOnly: true, secure: true, path: '/', sameSite: 'none', partitioned: true };
    expect(cookieAttributes(https, 'cross-site')).toEqual(attributes);
  });

  it.each(['same-origin', 'same-site', 'cross-site'] as const)('are not Secure over http for a %s page', (relation) => {
    expect(cookieAttributes(http, relation)).toEqual({ httpOnly: true, secure: false, path: '/', sameSite: 'lax' });
  });

  it('are described as in Set-Cookie', () => {
    expect(describeAttributes(cookieAttributes(http, 'same-site'))).toBe('HttpOnly; SameSite=Lax');
    expect(describeAttributes(cookieAttributes(https, 'same-site'))).toBe('HttpOnly; Secure; SameSite=Lax');
    expect(describeAttributes(cookieAttributes(https, 'cross-site'))).toBe(
      'HttpOnly; Secure; SameSite=None; Partitioned',
    );
  });
});

describe('the other kind of cookie', () => {
  it('is the partitioned one beside one that is not, and the other way round', () => {
    const common = { httpOnly: true, secure: true, path: '/', sameSite: 'none' };
    const partitioned = { ...common, partitioned: true };
    for (const isSentTwice of [true, false])
      expect(otherCookieAttributes(cookieAttributes(https, 'same-site'), isSentTwice)).toEqual(partitioned);
    expect(otherCookieAttributes(cookieAttributes(https, 'cross-site'), true)).toEqual(common);
  });

  it('is left to the pages of the same site, unless a page of another site sent it', () => {
    expect(otherCookieAttributes(cookieAttributes(https, 'cross-site'), false)).toBeUndefined();
  });

  it('does not exist over http', () => {
    expect(otherCookieAttributes(cookieAttributes(http, 'same-site'), true)).toBeUndefined();
  });
});
