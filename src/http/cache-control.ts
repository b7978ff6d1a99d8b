import type { RequestHandler } from 'express';

/** No cache stores the response, that of the browser neither. RFC 9111, sections 5.2.2.5 and 5.2.2.7. */
export const noStore = 'private, no-store';

/** Every cache may store the response, and asks before it uses it. RFC 9111, section 5.2.2.4. */
export const revalidated = 'public, no-cache';

/** For all responses that follow, unless one says otherwise. */
export function cacheControl(value: string): RequestHandler {
  return (_, response, next) => {
    response.setHeader('Cache-Control', value);
    next();
  };
}
