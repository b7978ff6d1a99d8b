import { Module, type DynamicModule } from '@nestjs/common';
import type { Environment } from '../config/environment.schema.js';
import { RequestSpans } from './request-spans.js';

/** Traces, with `OTEL_EXPORTER_OTLP_ENDPOINT`. Without it, nothing of OpenTelemetry is loaded. */
@Module({})
export class TracesModule {
  static async forRoot({ OTEL_EXPORTER_OTLP_ENDPOINT }: Environment): Promise<DynamicModule> {
    const providers =
      OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? [{ provide: RequestSpans, useValue: {} }]
        : (await import('./traces.providers.js')).tracesProviders;
    return { module: TracesModule, providers };
  }
}
