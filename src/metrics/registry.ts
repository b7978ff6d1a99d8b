import { Counter, Gauge, Histogram, register } from 'prom-client';

/** In seconds: from a read that is cached to a password that waits for its turn. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const requestDuration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the head of a request to the end of its response',
  labelNames: ['method', 'route', 'status'],
  buckets,
});

export const preflights = new Counter({
  name: 'cors_preflights_total',
  help: 'CORS preflights',
  labelNames: ['outcome'],
});

export const refusals = new Counter({
  name: 'cross_origin_refusals_total',
  help: 'Requests of origins that are not allowed, by what was refused: origin, method, headers or csrf',
  labelNames: ['reason'],
});

export const securityEvents = new Counter({
  name: 'security_events_total',
  help: 'Lines of the security log, such as log-in, log-in-failed and refresh-reused',
  labelNames: ['event'],
});

export const rateLimited = new Counter({
  name: 'rate_limited_total',
  help: 'Requests that were answered with 429, by the name of the limit',
  labelNames: ['limit'],
});

/** A value that is read when Prometheus asks. Of several readers with one name, the latest counts. */
export function observe(name: string, help: string, read: () => number): void {
  register.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    collect() {
      this.set(read());
    },
  });
}
