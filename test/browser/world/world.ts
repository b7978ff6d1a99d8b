import type { Type } from '@nestjs/common';
import type { RequestListener } from 'node:http';
import { startApi, type Api } from '../../support/api.js';
import { Internet } from './internet.js';
import { reservePorts, serve } from './port.js';
import { forwardTo, page, type Passed } from './sites.js';

/** The API and the pages around it, as the browsers of a test see them. */
export interface World {
  api: Api;
  /** What the page calls. */
  url: string;
  /** What the API was sent, in order. */
  passed: Passed[];
  /** The port of the proxy that knows all names. */
  proxy: number;
  close: () => Promise<void>;
}

interface WorldOptions {
  /** The host name of the API. */
  host?: string;
  /** What is at the other names. */
  site?: RequestListener;
  environment?: Record<string, string>;
  controllers?: Type[];
}

/**
 * Over https: the API, and a page at every one of these host names. They end in `.com` and the like, because WebKitGTK knows
 * no sites below an ending that is not in the public suffix list.
 */
export async function openWorld(hosts: string[], options: WorldOptions = {}): Promise<World> {
  const { host = 'api.example.com', site = page, environment, controllers } = options;
  const url = `https://${host}`;
  const api = await startApi({ API_URL: url, TRUST_PROXY: '1', ...environment }, controllers);
  const passed: Passed[] = [];
  const pages = Object.fromEntries(hosts.map((name) => [name, site]));
  const internet = await Internet.open({ ...pages, [host]: forwardTo(api.port, passed) });
  const close = async () => {
    await internet.close();
    await api.close();
  };
  return { api, url, passed, proxy: internet.port, close };
}

/** Development: the API at `http://localhost:3000`, a page at `http://localhost:5173`. */
export async function openLocalWorld({ site = page }: Pick<WorldOptions, 'site'> = {}): Promise<World> {
  const release = await reservePorts();
  const api = await startApi();
  const passed: Passed[] = [];
  const internet = await Internet.open();
  const closePorts = [await serve(3000, forwardTo(api.port, passed)), await serve(5173, site)];
  const close = async () => {
    await Promise.all(closePorts.map((closePort) => closePort()));
    await internet.close();
    await api.close();
    await release();
  };
  return { api, url: 'http://localhost:3000', passed, proxy: internet.port, close };
}
