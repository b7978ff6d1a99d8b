import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** As OTLP has it in JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
interface OtlpAttribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: OtlpAttribute[];
  status: { code: number; message?: string };
  events: unknown[];
}

interface OtlpRequest {
  resourceSpans: { resource: { attributes: OtlpAttribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export interface ExportedSpan extends Omit<OtlpSpan, 'attributes'> {
  attributes: Record<string, string | number | undefined>;
  resource: Record<string, string | number | undefined>;
}

/** What OTLP calls them. */
export const spanKind = { internal: 1, server: 2, client: 3 };

/** Receives spans through OTLP/HTTP, and keeps them. */
export class Collector {
  readonly bodies: Buffer[] = [];

  readonly headers: Record<string, unknown>[] = [];
  /** Requests that have arrived, also those that are never answered. */
  received = 0;
  /** Takes each request, and never answers it. */
  hangs = false;
  private server?: Server;
  private port = 0;

  /** On a free port, and again on the same one after `close()`. */
  async open(): Promise<this> {
    this.server = createServer((request, response) => {
      this.received += 1;
      if (this.hangs) return;
      void buffer(request).then((body) => {
        this.headers.push(request.headers);
        this.bodies.push(body);
        response.writeHead(request.url === '/v1/traces' ? 200 : 404).end();
      });
    });
    await once(this.server.listen(this.port, '127.0.0.1'), 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** All that was exported, as text. */
  get text(): string {
    return Buffer.concat(this.bodies).toString();
  }

  /** Of requests in JSON. */
  get spans(): ExportedSpan[] {
    return this.bodies.flatMap((body) =>
      (JSON.parse(body.toString()) as OtlpRequest).resourceSpans.flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map((span) => ({
            ...span,
            attributes: toRecord(span.attributes),
            resource: toRecord(resource.attributes),
          })),
        ),
      ),
    );
  }

  spansOf(traceId: string): ExportedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async close(): Promise<void> {
    if (this.server?.listening !== true) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

function toRecord(attributes: OtlpAttribute[]): ExportedSpan['attributes'] {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
}
