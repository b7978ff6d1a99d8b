import { BadRequestException, HttpException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** In bytes of names and values, Node's own default. */
const limit = 16_384;

/** Node would refuse these without CORS headers; here they are refused like everything else. RFC 6585, section 5. */
export function headerLimit({ rawHeaders, headers }: Request, _: Response, next: NextFunction): void {
  if (headers.host === undefined) throw new BadRequestException('The request has no Host header.');
  let size = 0;
  for (const part of rawHeaders) size += part.length;
  if (size > limit) throw tooLarge(size);
  next();
}

function tooLarge(size: number): HttpException {
  const cause = 'A cookie of this host may have grown too long: clear the cookies.';
  return new HttpException(`The headers have ${String(size)} bytes, more than ${String(limit)}. ${cause}`, 431);
}
