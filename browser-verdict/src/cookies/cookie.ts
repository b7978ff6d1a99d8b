import type { SameSite } from './set-cookie.js';

/** A cookie as a browser keeps it. RFC 6265bis, section 5.7. Times in milliseconds since 1970. */
export interface Cookie {
  name: string;
  value: string;
  domain: string;
  hostOnly: boolean;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  sameSite: SameSite;
  /** The site of the page it belongs to; undefined: it is not partitioned. */
  partition: string | undefined;
  created: number;
  /** Undefined: until the browser is closed. */
  expires: number | undefined;
}

/** Why a cookie is not kept or not sent: names of Chromium's `SetCookieBlockedReason` and `CookieBlockedReason`. */
export interface BlockedCookie {
  name: string;
  /** At most 200 characters of the line; without the value. */
  reasons: string[];
}

/** `name=value`, or the value alone when there is no name. RFC 6265bis, section 5.8.3. */
export const serializeCookie = ({ name, value }: Pick<Cookie, 'name' | 'value'>) =>
  name === '' ? value : `${name}=${value}`;

/** The same cookie for the store: it is replaced. */
export const isSameCookie = (a: Cookie, b: Cookie) =>
  a.name === b.name &&
  a.domain === b.domain &&
  a.hostOnly === b.hostOnly &&
  a.path === b.path &&
  a.partition === b.partition;
