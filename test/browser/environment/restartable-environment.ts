import { createTestDatabase } from '../../support/database.js';
import { freePort } from '../../support/free-port.js';
import { ApiProcess } from '../../support/process.js';
import { HttpsHosts } from './https-hosts.js';
import { emptyPage } from './pages.js';
import { reverseProxy } from './reverse-proxy.js';
import type { TestEnvironment } from './test-environment.js';

export interface RestartableEnvironment extends Omit<TestEnvironment, 'api' | 'network'> {
  /** Starts the API, or ends it and starts it again, with these allowed origins. */
  startApi: (origins: string[]) => Promise<void>;
}

/** Over https: the API in a process of its own, whose database outlives it, and a page at each of these host names. */
export async function startRestartableEnvironment(pageHosts: string[]): Promise<RestartableEnvironment> {
  const apiUrl = 'https://api.example.com';
  const [database, port] = [await createTestDatabase(), await freePort()];
  const requests: RestartableEnvironment['requests'] = [];
  const pages = Object.fromEntries(pageHosts.map((host) => [host, emptyPage]));
  const hosts = await HttpsHosts.start({ ...pages, [new URL(apiUrl).host]: reverseProxy(port, requests) });
  const variables = { ...database.environment, PORT: String(port), API_URL: apiUrl, TRUST_PROXY: '1' };
  let api: ApiProcess | undefined;
  const startApi = async (origins: string[]) => {
    await api?.end('SIGTERM');
    api = await ApiProcess.start({ ...variables, FRONTEND_URL: origins.join(',') });
  };
  const close = async () => {
    await hosts.close();
    await api?.end('SIGTERM');
    await database.drop();
  };
  return { apiUrl, requests, proxyPort: hosts.proxyPort, startApi, close };
}
