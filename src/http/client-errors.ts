import { HttpException, HttpStatus } from '@nestjs/common';
import { IncomingMessage, ServerResponse, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.js';
import { failRequest } from './request-failure.js';

/** A client may read the response first. One that goes on sending instead would keep the connection for ever. */
const lingerMs = 5_000;

interface ClientError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * What Node refuses by itself (400, 408, 413, 417, 431) has no CORS headers, so browsers report a "CORS error" instead of the
 * cause. Here these requests take the way of all others, and fail on it: with its headers, request id and log line.
 */
export function answerClientErrors(server: Server, connections: Connections, listener: RequestListener): void {
  server.on('clientError', (error: ClientError, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy(error);
    else if (!endBody(error, socket as Socket))
      afterPending(socket as Socket, connections, () => respond(error, socket as Socket));
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    failRequest(request, new HttpException('This API only knows the expectation 100-continue.', 417));
    listener(request, response);
  });
  server.on('connect', (request: IncomingMessage, socket) => {
    request.url = '/'; // the target is the authority of another server
    fail(request, socket as Socket, notImplemented());
  });

  /** @returns false when it is not the body of a pending request that is refused */
  function endBody({ code }: ClientError, socket: Socket): boolean {
    const response = connections.lastPending(socket);
    if (response === undefined || response.req.complete) return false;
    response.shouldKeepAlive = false;
    response.once('close', () => close(socket));
    failRequest(response.req, exceptionOf(code));
    response.req.complete = true; // otherwise the end of the body destroys the socket
    response.req.push(null);
    return true;
  }

  function respond({ code, rawPacket }: ClientError, socket: Socket): void {
    const request = parseHead(socket, connections.headOf(socket, rawPacket?.toString('latin1') ?? ''));
    fail(request, socket, exceptionOf(code));
  }

  function fail(request: IncomingMessage, socket: Socket, exception: HttpException): void {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => close(socket));
    failRequest(request, exception);
    listener(request, response);
  }
}

/**
 * Responses leave in the order of the requests. One that has begun and not ended cannot be followed by an error: it would look
 * complete.
 */
function afterPending(socket: Socket, connections: Connections, respond: () => void): void {
  const pending = connections.nextPending(socket);
  if (pending === undefined) respond();
  else if (pending.headersSent && !pending.writableEnded) socket.destroy();
  else pending.once('close', () => socket.writable && afterPending(socket, connections, respond));
}

function close(socket: Socket): void {
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(timer));
}

/** The method, the path and the one `Origin` line of a head. A bare CR or LF ends no line. */
function parseHead(socket: Socket, head: string): IncomingMessage {
  const [requestLine = '', ...lines] = (head.split('\r\n\r\n', 1)[0] ?? '').split('\r\n');
  const request = new IncomingMessage(socket);
  const [, method = 'GET', path = '/'] = /^([A-Z]{1,20}) (\/[!-~]*) HTTP\/1\.[01]$/.exec(requestLine) ?? [];
  request.method = method === 'OPTIONS' ? 'GET' : method; // not a preflight: whatever it asks for is refused
  request.url = path;
  const origins = lines.filter((line) => /^origin:/i.test(line));
  const origin = /^origin:[ \t]*(\S+)[ \t]*$/i.exec(origins[0] ?? '')?.[1];
  if (origins.length === 1 && origin !== undefined) request.headers = { origin };
  return request;
}

/** https://nodejs.org/api/http.html#event-clienterror */
function exceptionOf(code: string | undefined): HttpException {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new HttpException('The headers are too large. A cookie of this host may have grown too large.', 431);
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new HttpException('The chunk extensions are too large.', HttpStatus.PAYLOAD_TOO_LARGE);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpException('The request did not arrive in time.', HttpStatus.REQUEST_TIMEOUT);
    case 'HPE_INVALID_METHOD':
      return notImplemented();
    default:
      return new HttpException('This is not HTTP as RFC 9112 defines it.', HttpStatus.BAD_REQUEST);
  }
}

/** RFC 9110, section 15.6.2. */
function notImplemented(): HttpException {
  return new HttpException('This API does not know this method.', HttpStatus.NOT_IMPLEMENTED);
}
