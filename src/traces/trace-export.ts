import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../config/environment.schema.js';
import { traceVariables, type TraceVariables } from '../config/trace-variables.js';
import { CollectorExporter } from './collector-exporter.js';

/** For the last spans, of the time that a shutdown may take (`http/graceful-shutdown.ts`). */
const flushTimeoutMs = 1_000;

/** The SDK of OpenTelemetry: spans are collected, and sent to the collector in batches. */
@Injectable()
export class TraceExport implements OnApplicationShutdown {
  readonly tracer: Tracer;
  private readonly provider: BasicTracerProvider;

  constructor(config: ConfigService<Environment, true>) {
    passVariables(config);
    const protocol = config.get('OTEL_EXPORTER_OTLP_PROTOCOL', { infer: true });
    const exporter = new CollectorExporter(protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter());
    this.provider = new BasicTracerProvider({
      resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    instrumentPg(this.provider);
    this.tracer = this.provider.getTracer('cross-origin-api');
  }

  /** Sends the last spans. When the collector does not take them in time, they are lost. */
  async onApplicationShutdown(): Promise<void> {
    const flushed = this.provider.shutdown().catch(() => undefined);
    await Promise.race([flushed, delay(flushTimeoutMs, undefined, { ref: false })]);
  }
}

/** The SDK reads its variables from the process: here come those of `.env`, and our defaults. */
function passVariables(config: ConfigService<Environment, true>): void {
  for (const name of Object.keys(traceVariables) as (keyof TraceVariables)[]) {
    const value = config.get(name, { infer: true });
    if (value !== undefined) process.env[name] = String(value);
  }
}

/**
 * A span for each statement, with its text and without its parameters. The instrumentation changes the prototype of
 * `pg.Client` as soon as `pg` is required, also when it was imported before: no hook for imports is needed.
 */
function instrumentPg(provider: BasicTracerProvider): void {
  new PgInstrumentation({ requireParentSpan: true, enhancedDatabaseReporting: false }).setTracerProvider(provider);
  createRequire(import.meta.url)('pg');
}
