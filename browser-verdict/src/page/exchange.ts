import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { HeaderList } from '../rules/header-list.js';
import type { WireFailure, WireRequest, WireResponse } from '../verdict/wire.js';
import { failureOf } from './failures.js';

export interface ExchangeOptions {
  timeoutMs: number;
  /** Connects to this address instead of the host of the URL; the `Host` header and the certificate stay those of the URL. */
  connectTo?: { host: string; port: number; protocol: 'http:' | 'https:' } | undefined;
  /** PEM of an additional authority. */
  ca?: string | undefined;
  /** Reads at most so many bytes of the body, then closes the connection. */
  maxBodyBytes: number;
  body?: Uint8Array | undefined;
  signal?: AbortSignal | undefined;
}

export interface Exchanged extends WireResponse {
  statusText: string;
  body: Buffer;
}

/** Browsers accept 256 KB of headers (Chromium, net/http/http_stream_parser.h). */
const MAX_HEADER_BYTES = 256 * 1024;

/** Sends one request as it stands, follows nothing, and waits for the answer. Never rejects. */
export function exchange(wire: WireRequest, options: ExchangeOptions): Promise<Exchanged | WireFailure> {
  return new Promise((resolve) => {
    const fail = (error: unknown) => resolve(failureOf(error, options.timeoutMs));
    const deadline = AbortSignal.timeout(options.timeoutMs);
    const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
    try {
      const url = new URL(wire.url);
      const protocol = options.connectTo?.protocol ?? url.protocol;
      const send = protocol === 'https:' ? requestHttps : requestHttp;
      const sent = send(optionsFor(wire, url, options), (incoming) => void read(incoming, options).then(resolve, fail));
      signal.addEventListener('abort', () => sent.destroy(signal.reason as Error), { once: true });
      sent.on('error', fail);
      sent.end(wire.hasBody ? options.body : undefined);
    } catch (error) {
      fail(error);
    }
  });
}

function optionsFor(
  wire: WireRequest,
  url: URL,
  { connectTo, ca, body }: ExchangeOptions,
): RequestOptions & { ca?: string } {
  const length =
    wire.hasBody && body ? [['Content-Length', String(body.byteLength)] as const] : emptyLength(wire.method);
  const headers = [
    ['Host', url.host] as const,
    ...wire.headers.map(toBytes),
    ...length,
    ['Connection', 'close'] as const,
  ];
  return {
    method: wire.method,
    host: connectTo?.host ?? url.hostname.replace(/^\[|\]$/g, ''),
    port: connectTo?.port ?? url.port,
    path: url.pathname + url.search,
    headers: headers.flat(),
    setHost: false,
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    ...(ca === undefined ? {} : { ca }),
    ...(connectTo === undefined ? {} : { servername: url.hostname }),
  };
}

const emptyLength = (method: string) => (/^(?:POST|PUT|PATCH)$/.test(method) ? [['Content-Length', '0'] as const] : []);

/** Node.js takes header values as bytes. */
const toBytes = ([name, value]: readonly [string, string]) =>
  [name, /[^\0-\xFF]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value] as const;

async function read(incoming: IncomingMessage, { maxBodyBytes }: ExchangeOptions): Promise<Exchanged> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= maxBodyBytes) break;
  }
  incoming.destroy();
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? '',
    headers: headersOf(incoming),
    body: Buffer.concat(chunks).subarray(0, maxBodyBytes),
  };
}

/** With every repetition, decoded from UTF-8 where it is that. */
function headersOf({ rawHeaders }: IncomingMessage): HeaderList {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', fromBytes(rawHeaders[index + 1] ?? '')]);
  }
  return pairs;
}

function fromBytes(value: string): string {
  if (!/[\x80-\xFF]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? value : text;
}
