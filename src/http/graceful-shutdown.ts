import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { HttpAdapterHost } from '@nestjs/core';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../config/environment.schema.js';
import { HttpAdapter } from './http-adapter.js';

/** For requests that are running when the instance stops listening. */
const requestTimeoutMs = 8_000;
/**
 * Behind a proxy, which closes idle connections earlier (`keepalive_timeout` in `deploy/nginx`): whoever closes one takes the
 * risk that a request is on its way, and only the sender of requests knows that none is.
 */
const closeAfterIdleMs = 2_000;
/** For all that follows `SHUTDOWN_DELAY`: a pool of connections to a server that vanished would never close. */
const shutdownTimeoutMs = 9_500;

/** @param delaySeconds `SHUTDOWN_DELAY` */
export function exitWhenShutdownTakesTooLong(delaySeconds = 0): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => setTimeout(() => process.exit(0), delaySeconds * 1_000 + shutdownTimeoutMs).unref());
}

/**
 * Announces the shutdown before anything is closed, so that no request is cut. For `SHUTDOWN_DELAY` readiness is 503, and
 * requests are served as before. Then the instance stops listening, and each response asks its client to connect anew, which
 * leads to another instance. In the other order clients would connect anew to this one until the very moment it stops.
 */
@Injectable()
export class GracefulShutdown implements OnModuleDestroy {
  /** From the signal on. */
  isAnnounced = false;
  /** Without `SHUTDOWN_DELAY`, once the instance no longer listens: what still arrives is refused. */
  isRefusing = false;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ConfigService<Environment, true>,
  ) {}

  /** Nest calls it first of all when a signal arrives, and stops listening when it has returned. */
  async onModuleDestroy(): Promise<void> {
    // The commands (seed, promote) run without a server.
    const adapter = this.adapterHost.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    if (!(adapter instanceof HttpAdapter)) return;
    this.isAnnounced = true;
    const delaySeconds = this.config.get('SHUTDOWN_DELAY', { infer: true });
    if (delaySeconds !== undefined) adapter.closeAfterIdleMs = closeAfterIdleMs;
    if (delaySeconds !== undefined && adapter.isListening) await delay(delaySeconds * 1_000);
    this.isRefusing = delaySeconds === undefined;
    setTimeout(() => adapter.closeAllConnections(), requestTimeoutMs).unref();
  }
}
