import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { HttpAdapterHost } from '@nestjs/core';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';
import { ConfigurationError } from '../config/configuration.error.js';
import type { Environment } from '../config/environment.schema.js';

/** `GET /metrics` on a port of its own, which no browser and no proxy in front of the API reaches. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private server?: Server;

  constructor(
    private readonly config: ConfigService<Environment, true>,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** @throws ConfigurationError when it cannot listen */
  async onApplicationBootstrap(): Promise<void> {
    const port = this.config.get('METRICS_PORT', { infer: true });
    // The commands (seed, promote) run without a server, beside an instance that has the port.
    const adapter = this.adapterHost.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    if (port === undefined || adapter === undefined) return;
    if (register.getSingleMetric('process_cpu_seconds_total') === undefined) collectDefaultMetrics();
    const host = this.config.get('HOST', { infer: true });
    this.server = createServer(respond);
    try {
      await once(this.server.listen(port, host === '' ? undefined : host), 'listening');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const cause = code === 'EADDRINUSE' ? 'is in use; set it to another port' : `cannot be listened on: ${message}`;
      throw new ConfigurationError([`METRICS_PORT: ${port} ${cause}`]);
    }
    this.logger.log(`Metrics on port ${port}, at /metrics`);
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

const respond: RequestListener = ({ url, method }, response) => {
  const isKnown = url === '/metrics' && (method === 'GET' || method === 'HEAD');
  if (!isKnown) {
    response.writeHead(404).end('Metrics are at GET /metrics.\n');
    return;
  }
  register.metrics().then(
    (text) => response.setHeader('Content-Type', register.contentType).end(text),
    () => response.writeHead(500).end(),
  );
};
