import type { Type } from '@nestjs/common';
import type { RequestListener } from 'node:http';
import { startApi, type Api } from '../../support/api.js';
import { builtFrontend } from './built-frontend.js';
import { HttpsHosts } from './https-hosts.js';
import { emptyPage } from './pages.js';
import { reservePorts, serve } from './ports.js';
import { reverseProxy, type Network, type ReceivedRequest } from './reverse-proxy.js';

/** The API, the pages that call it, and the proxy through which the browsers reach both. */
export interface TestEnvironment {
  api: Api;
  /** The URL of the API, as the pages use it. */
  apiUrl: string;
  /** All requests to the API, in order. */
  requests: ReceivedRequest[];
  network: Network;
  proxyPort: number;
  close: () => Promise<void>;
}

interface TestEnvironmentOptions {
  /** The host name of the API. */
  apiHost?: string;
  /** The page at all other host names. */
  page?: RequestListener;
  /** The environment variables of the API. */
  variables?: Record<string, string>;
  controllers?: Type[];
}

/**
 * Over https: the API, and a page at each of these host names. The names end in `.com`, `.net` or `.org`, because WebKitGTK
 * relates two hosts as same site only under a public suffix.
 */
export async function startTestEnvironment(
  pageHosts: string[],
  options: TestEnvironmentOptions = {},
): Promise<TestEnvironment> {
  const { apiHost = 'api.example.com', page = emptyPage, variables, controllers } = options;
  const apiUrl = `https://${apiHost}`;
  const api = await startApi({ API_URL: apiUrl, TRUST_PROXY: '1', ...variables }, controllers);
  const requests: ReceivedRequest[] = [];
  const network: Network = { losesResponseTo: () => false };
  const pages = Object.fromEntries(pageHosts.map((host) => [host, page]));
  const hosts = await HttpsHosts.start({ ...pages, [apiHost]: reverseProxy(api.port, requests, network) });
  const close = async () => {
    await hosts.close();
    await api.close();
  };
  return { api, apiUrl, requests, network, proxyPort: hosts.proxyPort, close };
}

/** Over https: the API at `https://api.example.com`, and the built frontend at this URL. @param variables of the API */
export function startFrontendEnvironment(
  frontendUrl: string,
  variables: Record<string, string> = {},
): Promise<TestEnvironment> {
  return startTestEnvironment([new URL(frontendUrl).host], {
    page: builtFrontend('https://api.example.com'),
    variables: { FRONTEND_URL: frontendUrl, ...variables },
  });
}

/** As in development: the API at `http://localhost:3000`, a page at `http://localhost:5173`. */
export async function startLocalTestEnvironment({
  page = emptyPage,
}: Pick<TestEnvironmentOptions, 'page'> = {}): Promise<TestEnvironment> {
  const releasePorts = await reservePorts();
  const api = await startApi();
  const requests: ReceivedRequest[] = [];
  const network: Network = { losesResponseTo: () => false };
  const hosts = await HttpsHosts.start();
  const closeServers = [await serve(3000, reverseProxy(api.port, requests, network)), await serve(5173, page)];
  const close = async () => {
    await Promise.all(closeServers.map((closeServer) => closeServer()));
    await hosts.close();
    await api.close();
    await releasePorts();
  };
  return { api, apiUrl: 'http://localhost:3000', requests, network, proxyPort: hosts.proxyPort, close };
}
