import { ExpressAdapter } from '@nestjs/platform-express';
import { createServer } from 'node:http';

/** In bytes. Node would answer beyond it by itself; up to here the API can, see `header-limit.ts`. */
const maxHeaderSize = 131_072;

/** Express, on a server whose own limits leave the answers to us. */
export class HttpAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = createServer({ maxHeaderSize, requireHostHeader: false }, this.getInstance());
    // Longer than what proxies in front keep an idle connection for (nginx: 60 s), or they answer 502 now and then.
    this.httpServer.keepAliveTimeout = 65_000;
    this.httpServer.headersTimeout = 66_000;
  }
}
