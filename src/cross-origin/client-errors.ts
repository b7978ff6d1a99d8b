import { Injectable } from '@nestjs/common';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { exposedHeaders } from './cors.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';

interface ClientError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * Node answers what it cannot parse by itself, without CORS headers, and the browser then reports a "CORS error" instead
 * of the cause. Here these answers carry them too, as far as the part of the request that is known names its origin.
 */
@Injectable()
export class ClientErrors {
  /** The answers under way on a connection, which may have served others before. */
  private readonly pending = new WeakMap<Socket, ServerResponse[]>();

  constructor(private readonly policy: CrossOriginPolicy) {}

  listen(server: Server): void {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.note(request.socket, response));
    server.on('clientError', (error: ClientError, socket) => this.answer(error, socket as Socket));
  }

  private note(socket: Socket, response: ServerResponse): void {
    const pending = this.pending.get(socket)?.filter(({ writableFinished }) => !writableFinished) ?? [];
    this.pending.set(socket, [...pending, response]);
  }

  private answer(error: ClientError, socket: Socket): void {
    const isAnswering = this.pending
      .get(socket)
      ?.some((response) => response.headersSent && !response.writableFinished);
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
      socket.destroy(error);
      return;
    }
    const [status, detail] = reasonOf(error);
    const title = STATUS_CODES[status] ?? '';
    const problem = JSON.stringify({ type: 'about:blank', title, status, detail });
    const head = [
      `HTTP/1.1 ${String(status)} ${title}`,
      ...this.headers(error),
      `Content-Length: ${String(Buffer.byteLength(problem))}`,
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${problem}`);
  }

  private headers({ rawPacket }: ClientError): string[] {
    const origin = originIn(rawPacket?.toString('latin1') ?? '');
    const common = [
      'Content-Type: application/problem+json',
      'Connection: close',
      'Cache-Control: no-store',
      'Vary: Origin',
    ];
    if (origin === undefined || !this.policy.allows(origin)) return common;
    return [
      ...common,
      `Access-Control-Allow-Origin: ${origin}`,
      'Access-Control-Allow-Credentials: true',
      `Access-Control-Expose-Headers: ${exposedHeaders.join(',')}`,
    ];
  }
}

/** https://nodejs.org/api/http.html#event-clienterror */
function reasonOf({ code }: ClientError): [number, string] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return [431, 'The headers are too large. A cookie of this host may have grown too long.'];
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return [413, 'The chunk extensions are too large.'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'The request did not arrive in time.'];
  return [400, 'This is not HTTP as RFC 9112 defines it.'];
}

/** The one `Origin` line of the head; none when there are two. A bare CR or LF ends no line. */
function originIn(packet: string): string | undefined {
  const [head = ''] = packet.split('\r\n\r\n', 1);
  const lines = head.split('\r\n').filter((line) => /^origin:/i.test(line));
  return lines.length === 1 ? /^origin:[ \t]*(\S+)[ \t]*$/i.exec(lines[0] ?? '')?.[1] : undefined;
}
