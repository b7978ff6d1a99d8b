import {
  HttpException,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { context, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { finalize, tap, type Observable } from 'rxjs';
import { TraceExport } from './trace-export.js';

/** A span for the method of the controller. `@opentelemetry/instrumentation-nestjs-core` ends at Nest 11. */
@Injectable()
export class HandlerSpanInterceptor implements NestInterceptor {
  constructor(private readonly traces: TraceExport) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (trace.getActiveSpan() === undefined) return next.handle();
    const name = `${execution.getClass().name}.${execution.getHandler().name}`;
    const span = this.traces.tracer.startSpan(name, { attributes: { 'code.function.name': name } });
    return context
      .with(trace.setSpan(context.active(), span), () => next.handle())
      .pipe(
        tap({ error: (error: unknown) => addError(span, error) }),
        finalize(() => span.end()),
      );
  }
}

/** An exception that becomes a 4xx is an answer, not a failure. */
function addError(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.constructor.name : typeof error);
  const isAnswer = error instanceof HttpException && error.getStatus() < 500;
  if (!isAnswer) span.setStatus({ code: SpanStatusCode.ERROR });
}
