import { HttpException, HttpStatus } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** In bytes of names and values: the default of Node. */
const maxHeaderBytes = 16_384;

/** Longer than any link of this API with the longest cursor and search. RFC 9110, section 4.1, recommends 8,000. */
const maxUrlLength = 8_192;

/** Node would refuse large headers without CORS headers. Here they are refused like everything else: RFC 6585, section 5. */
export function requestLimits({ rawHeaders, url }: Request, _: Response, next: NextFunction): void {
  if (url.length > maxUrlLength) throw urlTooLong(url.length);
  let size = 0;
  for (const part of rawHeaders) size += part.length;
  if (size > maxHeaderBytes) throw headersTooLarge(size);
  next();
}

function urlTooLong(length: number): HttpException {
  return new HttpException(`The URL has ${length} characters, more than ${maxUrlLength}.`, HttpStatus.URI_TOO_LONG);
}

function headersTooLarge(size: number): HttpException {
  const cause = 'A cookie of this host may have grown too large: clear the cookies.';
  return new HttpException(`The headers have ${size} bytes, more than ${maxHeaderBytes}. ${cause}`, 431);
}
