import type { Relation } from 'browser-verdict';

/** What Express's `res.cookie` and `res.clearCookie` take, without `maxAge`. */
export interface CookieAttributes {
  httpOnly: true;
  secure: boolean;
  sameSite: 'lax' | 'none';
  path: string;
  partitioned?: true;
}

export interface CookieNames {
  access: string;
  refresh: string;
}

/**
 * The names of both cookies. Over https no other host can set them: `__Host-` demands `Secure` and `Path=/`, and forbids
 * `Domain` (RFC 6265bis, section 4.1.3.2). Over http that is not possible.
 *
 * @param prefix tells two copies of this API on one host apart: cookies know no ports (RFC 6265, section 8.5)
 */
export function cookieNames({ protocol }: URL, prefix: string): CookieNames {
  const start = (protocol === 'https:' ? '__Host-' : '') + (prefix && `${prefix}-`);
  return { access: `${start}Authentication`, refresh: `${start}Refresh` };
}

/**
 * The attributes of both cookies for a page, the same for setting and clearing: a browser ignores a clearing cookie whose
 * attributes differ. `SameSite=None` and `Partitioned` demand `Secure`, so over http no page of another site can have them.
 *
 * @param apiUrl the public URL of this API
 * @param relation of the page to the API
 */
export function cookieAttributes({ protocol }: URL, relation: Relation): CookieAttributes {
  const common = { httpOnly: true, secure: protocol === 'https:', path: '/' } as const;
  return common.secure && relation === 'cross-site'
    ? { ...common, sameSite: 'none', partitioned: true }
    : { ...common, sameSite: 'lax' };
}

/**
 * The attributes that clear the other kind of cookie: Chromium and Firefox keep one with `Partitioned` beside one without.
 * Undefined over http, where there is one kind. `SameSite` is not part of what tells cookies apart; with `None` it clears
 * from any page. So a page of another site clears the other kind only when it was sent: else it is that of a page of the same
 * site.
 *
 * @param isSentTwice whether the request had both kinds
 */
export function otherCookieAttributes(
  attributes: CookieAttributes,
  isSentTwice: boolean,
): CookieAttributes | undefined {
  const { partitioned, ...unpartitioned } = attributes;
  if (!attributes.secure || (partitioned && !isSentTwice)) return undefined;
  return { ...unpartitioned, sameSite: 'none', ...(partitioned ? {} : { partitioned: true }) };
}

/** The attributes as they stand in `Set-Cookie`, for a log line. */
export function describeAttributes({ secure, sameSite, partitioned }: CookieAttributes): string {
  const site = sameSite === 'none' ? 'SameSite=None' : 'SameSite=Lax';
  return ['HttpOnly', secure && 'Secure', site, partitioned && 'Partitioned'].filter(Boolean).join('; ');
}
