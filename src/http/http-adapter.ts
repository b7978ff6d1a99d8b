import { HttpException, HttpStatus, Logger, type NestApplicationOptions } from '@nestjs/common';
import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import { ExpressAdapter } from '@nestjs/platform-express';
import cors from 'cors';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import parseurl from 'parseurl';
import { preflights } from '../metrics/registry.js';
import { answerClientErrors } from './client-errors.js';
import { Connections } from './connections.js';
import { failRequest } from './request-failure.js';

/** In bytes. Beyond it Node stops reading; up to here the API responds by itself, see `request-limits.middleware.ts`. */
const maxHeaderSize = 131_072;

/** A client that reads nothing of its response, or sends nothing of its body, is disconnected. */
const inactivityTimeoutMs = 30_000;

const idleSweepMs = 50;

const logger = new Logger('HttpAdapter');

/** Express, behind CORS, on a server that leaves as many responses as possible to the API. */
export class HttpAdapter extends ExpressAdapter {
  /** How long a connection is idle before `close()` closes it: far longer than a request is on its way. */
  closeAfterIdleMs = 500;
  private readonly connections = new Connections();
  private isClosing = false;
  private cors?: ReturnType<typeof cors<IncomingMessage>>;

  /** @param socket that listens already; undefined: `listen()` opens one, on a port */
  constructor(private readonly socket?: { fd: number }) {
    super();
  }

  /** @throws Error for options that the graceful shutdown of this API makes useless */
  override initHttpServer({ httpsOptions, ...options }: NestApplicationOptions = {}): void {
    for (const name of ['return503OnClosing', 'forceCloseConnections'] as const)
      if (options[name] !== undefined)
        throw new Error(`${name} is not supported: http/graceful-shutdown.ts does both. Leave it out.`);
    const express = this.getInstance<RequestListener>();
    const listener: RequestListener = (request, response) =>
      this.addCors(request, response, () => express(request, response));
    this.httpServer = this.createServer(httpsOptions, (request, response) => {
      if (!this.connections.add(request, response)) return;
      if (this.isClosing) response.setHeader('Connection', 'close');
      refuseInvalidTarget(request);
      listener(request, response);
    });
    this.connections.attach(this.httpServer);
    answerClientErrors(this.httpServer, this.connections, listener);
  }

  override listen(port: string | number, ...args: unknown[]): Server {
    if (this.socket === undefined) return super.listen(port, ...(args as []));
    return this.httpServer.listen(this.socket, args.at(-1) as () => void);
  }

  get isListening(): boolean {
    return this.httpServer.listening;
  }

  closeAllConnections(): void {
    this.httpServer.closeAllConnections();
  }

  /**
   * Stops listening. Then each response asks its client for a new connection next time (RFC 9112, section 9.6), and a
   * connection is closed once it has been idle for a while. Node's own `close()` closes idle connections at once, also those
   * on which a request is on its way.
   */
  override async close(): Promise<void> {
    const closed = once(this.httpServer, 'close');
    await nextTurn(); // right after Node.js has accepted the connections that were waiting
    NetServer.prototype.close.call(this.httpServer);
    this.isClosing = true;
    const { connections, closeAfterIdleMs } = this;
    // After each turn of reading: on a busy machine, what has arrived long ago may not have been read yet.
    setTimeout(() => setImmediate(() => connections.closeSilent()), closeAfterIdleMs);
    const sweep = setInterval(() => setImmediate(() => connections.closeIdle(closeAfterIdleMs)), idleSweepMs);
    await closed;
    clearInterval(sweep);
    this.httpServer.close(); // ends the timer of Node.js that watches connections
  }

  /**
   * The same npm `cors` that Nest would put into the middleware chain of Express, put in front of it: every response has
   * the headers, whoever sends it, and a preflight that ends here costs a fifth (`bench/`), because Express gives each
   * request another prototype first. When it is called again, the latest options apply.
   */
  override enableCors(options?: CorsOptions | CorsOptionsDelegate<IncomingMessage>): void {
    this.cors = cors(options);
  }

  private createServer(httpsOptions: NestApplicationOptions['httpsOptions'], listener: RequestListener): Server {
    const options = { maxHeaderSize, requireHostHeader: false };
    const server: Server = httpsOptions
      ? createTlsServer({ ...httpsOptions, ...options }, listener)
      : createServer(options, listener);
    // Longer than proxies keep an idle connection (nginx: 60 s), which otherwise answer 502 now and then.
    server.keepAliveTimeout = 65_000;
    server.headersTimeout = 66_000;
    server.timeout = inactivityTimeoutMs;
    return server;
  }

  private addCors(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (this.cors === undefined) return next();
    response.setHeader('Vary', 'Origin'); // npm `cors` leaves it out for other origins and for `*`
    try {
      this.cors(request, response, () => {
        if (!isAllowedPreflight(request, response)) {
          next();
          return;
        }
        preflights.inc({ outcome: 'allowed' });
        response.writeHead(HttpStatus.NO_CONTENT).end();
      });
    } catch (error) {
      // Nothing else would catch it here, and the process would end.
      logger.error(error);
      response.writeHead(HttpStatus.INTERNAL_SERVER_ERROR).end();
    }
  }
}

/** npm `cors` would end it itself, with `Content-Length: 0`, which a 204 must not have (RFC 9110, section 8.6). */
function isAllowedPreflight({ method }: IncomingMessage, response: ServerResponse): boolean {
  return method === 'OPTIONS' && response.hasHeader('Access-Control-Allow-Methods');
}

/** Express would answer a target such as `http://[` with an HTML page. RFC 9112, section 3.2. */
function refuseInvalidTarget(request: IncomingMessage): void {
  try {
    parseurl(request);
  } catch {
    failRequest(request, new HttpException('The target of the request is not a valid URL.', HttpStatus.BAD_REQUEST));
    request.url = '/';
  }
}
