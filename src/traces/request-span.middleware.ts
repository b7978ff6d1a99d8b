import { Injectable } from '@nestjs/common';
import {
  context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { NextFunction, Request, Response } from 'express';
import { RouteTable } from '../http/route-table.js';
import { requestContext } from '../logging/request-context.js';
import type { RequestSpans } from './request-spans.js';
import { TraceExport } from './trace-export.js';

/** Those that semantic conventions know; all others are `_OTHER`. */
const methods = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

const maxPath = 300;

/**
 * The span of a request, in the trace that the client began (W3C Trace Context). Its attributes are those of the semantic
 * conventions for HTTP that can hold no secret: no header, no query, no address.
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans
 */
@Injectable()
export class RequestSpanMiddleware implements RequestSpans {
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(
    private readonly routes: RouteTable,
    private readonly traces: TraceExport,
  ) {}

  readonly use = (request: Request, response: Response, next: NextFunction): void => {
    const route = this.routes.find(request)?.path;
    if (route !== undefined && isProbe(route)) return next();
    const parent = this.propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const options = { kind: SpanKind.SERVER, attributes: attributesOf(request, route) };
    const span = this.traces.tracer.startSpan(nameOf(request, route), options, parent);
    const store = requestContext.getStore();
    if (store !== undefined) {
      store.traceId = span.spanContext().traceId;
      span.setAttribute('request.id', store.requestId);
    }
    response.once('close', () => end(span, response));
    context.with(trace.setSpan(parent, span), next);
  };
}

/** They would outnumber all other requests. */
function isProbe(route: string): boolean {
  return /\/health\/(live|ready)$/.test(route);
}

function nameOf({ method }: Request, route: string | undefined): string {
  const name = methods.has(method) ? method : 'HTTP';
  return route === undefined ? name : `${name} ${route}`;
}

function attributesOf({ method, path, protocol }: Request, route: string | undefined): Attributes {
  const isKnown = methods.has(method);
  return {
    'http.request.method': isKnown ? method : '_OTHER',
    'http.request.method_original': isKnown ? undefined : method,
    'http.route': route,
    'url.path': path.slice(0, maxPath),
    'url.scheme': protocol,
  };
}

/** A 4xx is the mistake of a client, and no error of this span. */
function end(span: Span, response: Response): void {
  const { statusCode, writableFinished } = response;
  if (writableFinished) span.setAttribute('http.response.status_code', statusCode);
  const isServerError = statusCode >= 500;
  if (!writableFinished || isServerError) {
    span.setAttribute('error.type', writableFinished ? String(statusCode) : 'aborted');
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
