import { Logger } from '@nestjs/common';
import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import { ExpressAdapter } from '@nestjs/platform-express';
import cors from 'cors';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';

/** In bytes. Node would answer beyond it by itself; up to here the API can, see `header-limit.ts`. */
const maxHeaderSize = 131_072;

const logger = new Logger('HttpAdapter');

/** Express, on a server whose own limits leave the answers to us, behind CORS. */
export class HttpAdapter extends ExpressAdapter {
  private cors?: ReturnType<typeof cors<IncomingMessage>>;

  override initHttpServer(): void {
    const express: RequestListener = this.getInstance();
    const listener: RequestListener = (request, response) =>
      this.addCors(request, response, () => express(request, response));
    this.httpServer = createServer({ maxHeaderSize, requireHostHeader: false }, listener);
    // Longer than what proxies in front keep an idle connection for (nginx: 60 s), or they answer 502 now and then.
    this.httpServer.keepAliveTimeout = 65_000;
    this.httpServer.headersTimeout = 66_000;
  }

  /**
   * The same npm `cors` that Nest would put into the chain of Express, put before it: whatever answers has the headers,
   * and a preflight that ends here costs a fifth (`bench/`), for Express gives every request another prototype first.
   * Called again, the latest options hold.
   */
  override enableCors(options?: CorsOptions | CorsOptionsDelegate<IncomingMessage>): void {
    this.cors = cors(options);
  }

  private addCors(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (this.cors === undefined) return next();
    response.setHeader('Vary', 'Origin'); // npm `cors` leaves it out for other origins and for `*`.
    try {
      this.cors(request, response, next);
    } catch (error) {
      // Out here nothing else would catch it, and the process would end.
      logger.error(error);
      response.writeHead(500).end();
    }
  }
}
