import type { Relation } from './site.js';

/** What Express's `res.cookie` and `res.clearCookie` take. The one who sets the cookie adds its `maxAge`. */
export interface CookieAttributes {
  httpOnly: true;
  secure: boolean;
  sameSite: 'lax' | 'none';
  path: string;
  partitioned?: true;
}

export interface SessionCookie {
  name: string;
  attributes: CookieAttributes;
}

/**
 * Names and attributes of both cookies, the same for setting and clearing: a browser ignores a clearing cookie whose
 * attributes differ. The name prefixes are those of RFC 6265bis, section 4.1.3; `__Host-` demands `Path=/`. Over http
 * neither they nor `SameSite=None` can be had: both demand `Secure`.
 * @param apiUrl the public URL of this API, with the path prefix below which it is served, if any
 */
export function cookiePolicy(apiUrl: string, relation: Relation): { access: SessionCookie; refresh: SessionCookie } {
  const { protocol, pathname } = new URL(apiUrl);
  const secure = protocol === 'https:';
  const refreshPath = `${pathname.replace(/\/+$/, '')}/authentication`;
  return {
    access: { name: secure ? '__Host-Authentication' : 'Authentication', attributes: attributesFor('/') },
    refresh: { name: secure ? '__Secure-Refresh' : 'Refresh', attributes: attributesFor(refreshPath) },
  };

  function attributesFor(path: string): CookieAttributes {
    if (secure && relation === 'cross-site') {
      return { httpOnly: true, secure, sameSite: 'none', path, partitioned: true };
    }
    return { httpOnly: true, secure, sameSite: 'lax', path };
  }
}
