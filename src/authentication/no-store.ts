import type { NextFunction, Request, Response } from 'express';

/** Who somebody is must not be kept by a cache, neither the browser's nor a proxy's. RFC 9111, section 5.2.2.5. */
export function noStore(_: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
