import { Injectable, ServiceUnavailableException, type NestMiddleware, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import type { Server } from 'node:http';

/** In milliseconds. Compose, Kubernetes and systemd kill after 10 to 90 seconds. */
const patience = 8_000;

/** Shutting down: running requests are finished, new ones on open connections are sent elsewhere. */
@Injectable()
export class Draining implements NestMiddleware, OnModuleDestroy {
  private started = false;

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  onModuleDestroy(): void {
    this.started = true;
    // The commands (seed, promote) run without a server.
    const adapter = this.adapterHost.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    const server = adapter?.getHttpServer() as Server | undefined;
    // A connection that becomes idle after the server closed would otherwise stay open until its keep-alive ends.
    setInterval(() => server?.closeIdleConnections(), 100).unref();
    setTimeout(() => server?.closeAllConnections(), patience).unref();
  }

  use(_: Request, response: Response, next: NextFunction): void {
    if (!this.started) return next();
    response.setHeader('Connection', 'close');
    throw new ServiceUnavailableException({ message: 'This instance is shutting down. Try again.', retryAfter: 1 });
  }
}
