import type { Provider } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { HandlerSpanInterceptor } from './handler-span.interceptor.js';
import { RequestSpanMiddleware } from './request-span.middleware.js';
import { RequestSpans } from './request-spans.js';
import { TraceExport } from './trace-export.js';

/** Only `traces.module.ts` imports this, and only when traces are on: all that it imports loads OpenTelemetry. */
export const tracesProviders: Provider[] = [
  TraceExport,
  { provide: RequestSpans, useClass: RequestSpanMiddleware },
  { provide: APP_INTERCEPTOR, useClass: HandlerSpanInterceptor },
];
