import { Logger } from '@nestjs/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

type ExportResult = Parameters<Parameters<SpanExporter['export']>[1]>[0];

/** Sends spans without the texts of errors, and logs when the collector begins and ceases to fail, not each time. */
export class CollectorExporter implements SpanExporter {
  private readonly logger = new Logger('Traces');
  private hasFailed = false;

  constructor(private readonly exporter: SpanExporter) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans.map(withoutErrorTexts), (result) => {
      this.logChange(result);
      done(result);
    });
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private logChange({ error }: ExportResult): void {
    if (this.hasFailed === (error !== undefined)) return;
    this.hasFailed = error !== undefined;
    if (error === undefined) this.logger.log('The collector accepts spans again');
    else this.logger.warn(`The collector does not accept spans: ${reasonOf(error)}. Spans are lost until it does`);
  }
}

/** PostgreSQL quotes values in its messages: `invalid input syntax for type integer: "..."`. */
function withoutErrorTexts(span: ReadableSpan): ReadableSpan {
  return Object.create(span, {
    status: { value: { code: span.status.code } },
    events: { value: [] },
  }) as ReadableSpan;
}

/** `localhost` has two addresses, and an error that concerns both has no message of its own. */
function reasonOf(error: Error & { code?: string | number }): string {
  return error.message || String(error.code);
}
