import type { RequestHandler } from 'express';

/** Gives each request a span. Without traces there is no `use`, and no cost. */
export abstract class RequestSpans {
  abstract readonly use?: RequestHandler;
}
