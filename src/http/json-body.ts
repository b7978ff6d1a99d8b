import { BadRequestException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import express, { type NextFunction, type Request, type Response } from 'express';
import { isUtf8 } from 'node:buffer';

/** In bytes. The longest post is 100,000 characters of up to four bytes each. */
const limit = 1_048_576;

const parse = express.json({ limit, strict: false, type: () => true, verify: refuseBrokenText });

/** Reads a JSON body. No other type is read: forms and plain text are what a foreign page can send without asking. */
export function jsonBody(request: Request, response: Response, next: NextFunction): void {
  if (!hasBody(request)) next();
  else if (request.is('application/json') === false) next(new UnsupportedMediaTypeException(notJson(request)));
  else parse(request, response, (error?: unknown) => next(explain(error)));
}

/** `Content-Length: 0` is how browsers send a POST without a body. RFC 9112, section 6.3. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function notJson({ headers }: Request): string {
  const given = headers['content-type'] === undefined ? 'has no Content-Type' : 'is not JSON';
  return `The body ${given}: send JSON with the header Content-Type: application/json.`;
}

function refuseBrokenText(_: unknown, __: unknown, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new BadRequestException('The body is not UTF-8.');
}

/** What zlib says about a damaged stream comes as a 400 without a type. */
function isUnreadable(error: unknown): boolean {
  return (error as { status?: number } | undefined)?.status === 400;
}

/** Never the parser's own text, which repeats the input. */
function explain(error: unknown): unknown {
  switch ((error as { type?: string } | undefined)?.type) {
    case 'entity.parse.failed':
      return new BadRequestException('The body is not valid JSON.');
    case 'entity.verify.failed':
      return new BadRequestException('The body is not UTF-8.');
    case 'entity.too.large':
      return new PayloadTooLargeException(`The body is larger than ${limit} bytes.`);
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new UnsupportedMediaTypeException('Send the body in UTF-8, plain or compressed with gzip, deflate or br.');
    case 'request.aborted':
    case 'request.size.invalid':
      return new BadRequestException('The body ended before it was complete.');
    default:
      return isUnreadable(error) ? new BadRequestException('The body is not what its Content-Encoding says.') : error;
  }
}
