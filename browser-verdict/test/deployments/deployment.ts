import type { RequestListener } from 'node:http';
import type { ExamineOptions } from '../../src/doctor/examine.js';
import type { Authority } from './certificates.js';
import { app, type AppOptions } from './express.js';
import { nginx, serve, type Running } from './running.js';
import type { Use } from './uses.js';

/** A deployment that is broken in one way, and the same one cured. */
export interface Deployment {
  name: string;
  /** Default: https://app.example.com. */
  page?: string;
  /** Default: https://api.example.com/posts. */
  api?: string;
  /** The true cause. */
  finds: string;
  hint?: RegExp;
  /** Default: `blocked`. */
  severity?: 'unreachable' | 'blocked' | 'danger' | 'warning';
  options?: ExamineOptions;
  /** What goes wrong in a browser, and goes well when it is cured. */
  use: Use;
  /** The cure applied may leave these warnings. */
  leaves?: string[];
  start: (authority: Authority, cured: boolean) => Promise<Running>;
  /** The cure is another page or URL. */
  cured?: { page?: string; api?: string };
}

export const names = ['api.example.com', 'api.example.net'];
export const logIn = {
  path: '/log-in',
  body: new TextEncoder().encode('{"name":"ada","password":"secret-password"}'),
  type: 'application/json',
  logOutPath: '/log-out',
};

/** Express over https. */
const overHttps =
  (listener: (cured: boolean) => RequestListener): Deployment['start'] =>
  (authority, cured) =>
    serve(listener(cured), authority.issue({ names }));

export const express = (broken: AppOptions, cure: AppOptions = {}) => overHttps((cured) => app(cured ? cure : broken));

/** nginx before Express; `broken` and `cure` are lines of the `server` block. */
export function proxied(broken: string, cure: string, { http = '', api = {} } = {}): Deployment['start'] {
  return async (authority, cured) => {
    const upstream = await serve(app(api));
    const proxy = await nginx(cured ? cure : broken, {
      upstream: upstream.address.port,
      certificate: authority.issue({ names }),
      http,
    });
    return { ...proxy, stop: () => Promise.all([proxy.stop(), upstream.stop()]).then(() => undefined) };
  };
}
