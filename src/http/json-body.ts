import { BadRequestException, HttpStatus, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import express, { type Request, type Response } from 'express';
import { isUtf8 } from 'node:buffer';
import type { Environment } from '../config/environment.schema.js';
import { ProblemException } from '../problems/problem.exception.js';
import { bodyLimitOf } from './body-limit.decorator.js';
import { nestingDepth } from './nesting-depth.js';
import { failureOf } from './request-failure.js';
import { RouteTable } from './route-table.js';

/** Deeper JSON is of no use to this API, and slow to parse. */
const maxDepth = 64;

type Parser = ReturnType<typeof express.json>;

/** The JSON body of a request: what its headers announce is checked before it is read. */
@Injectable()
export class JsonBody {
  private readonly parsers = new Map<number, Parser>();
  private readonly inflate: boolean;

  constructor(
    private readonly routes: RouteTable,
    config: ConfigService<Environment, true>,
  ) {
    this.inflate = config.get('COMPRESSED_BODIES', { infer: true }) === 'accepted';
  }

  /** @throws ProblemException 413 or 415, before a byte of the body is read */
  checkHeaders(request: Request): void {
    if (!hasBody(request)) return;
    if (request.is('application/json') === false) throw unsupportedMediaType(request);
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding !== 'identity' && !this.inflate) throw this.unsupportedCoding();
    const limit = this.limitOf(request);
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  }

  /** Sets `request.body`. @throws HttpException 400, 413 or 415 */
  async read(request: Request, response: Response): Promise<void> {
    if (!hasBody(request)) return;
    const limit = this.limitOf(request);
    await new Promise<void>((resolve, reject) =>
      this.parser(limit)(request, response, (error?: unknown) => {
        const failure = failureOf(request);
        if (failure !== undefined) reject(failure);
        else if (error === undefined) resolve();
        else reject(this.translate(error as Error, limit));
      }),
    );
  }

  private limitOf(request: Request): number {
    const handlers = this.routes.find(request)?.handlers ?? [];
    return bodyLimitOf(handlers.find(({ method }) => method === request.method)?.handler);
  }

  private parser(limit: number): Parser {
    const known = this.parsers.get(limit);
    if (known !== undefined) return known;
    const { inflate } = this;
    const parser = express.json({ limit, inflate, strict: false, type: () => true, verify: checkBytes });
    this.parsers.set(limit, parser);
    return parser;
  }

  /** Never the text of the parser, which repeats the input. */
  private translate(error: Error & { type?: string }, limit: number): Error {
    switch (error.type) {
      case 'entity.parse.failed':
        return new BadRequestException('The body is not valid JSON.');
      case 'entity.verify.failed':
        return new BadRequestException(error.message);
      case 'entity.too.large':
        return tooLarge(limit);
      case 'charset.unsupported':
      case 'encoding.unsupported':
        return this.unsupportedCoding();
      case 'request.aborted':
      case 'request.size.invalid':
        return new BadRequestException('The body ended before it was complete.');
      default:
        return isUnreadable(error) ? new BadRequestException('The body is not what its Content-Encoding says.') : error;
    }
  }

  /** RFC 9110, section 12.5.3: `Accept-Encoding` in a 415 says what would be accepted. */
  private unsupportedCoding(): ProblemException {
    return new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, {
      detail: `Send the body in UTF-8, ${this.inflate ? 'plain or compressed with gzip, deflate or br' : 'not compressed'}.`,
      headers: { 'Accept-Encoding': this.inflate ? 'gzip, deflate, br' : 'identity' },
    });
  }
}

/** Browsers send a POST without a body with `Content-Length: 0`. RFC 9112, section 6.3. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** `Accept` in a 415: RFC 9110, section 12.5.1. `Accept-Patch`: RFC 5789, section 2.2. */
function unsupportedMediaType({ headers, method }: Request): ProblemException {
  const cause = headers['content-type'] === undefined ? 'has no Content-Type' : 'is not JSON';
  const name = method === 'PATCH' ? 'Accept-Patch' : 'Accept';
  return new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, {
    detail: `The body ${cause}: send JSON with the header Content-Type: application/json.`,
    headers: { [name]: 'application/json' },
  });
}

function tooLarge(limit: number): ProblemException {
  return new ProblemException(HttpStatus.PAYLOAD_TOO_LARGE, { detail: `The body is larger than ${limit} bytes.` });
}

function checkBytes(_: unknown, __: unknown, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new Error('The body is not UTF-8.');
  if (nestingDepth(bytes) > maxDepth) throw new Error(`The body is nested deeper than ${maxDepth} levels.`);
}

/** The error of zlib for a damaged stream has the status 400 and no type. */
function isUnreadable(error: unknown): boolean {
  return (error as { status?: number }).status === 400;
}
