import { examine, type Examination, type ExamineOptions } from '../../browser-verdict/src/doctor/examine.js';
import { startApi } from './api.js';
import { Nginx } from './nginx.js';
import { createUser, password } from './users.js';

export const page = 'https://app.example.com';
const apiUrl = 'https://api.example.com';
const right = { API_URL: apiUrl, FRONTEND_URL: page, TRUST_PROXY: 'loopback' };

export interface Setup {
  page?: string;
  api?: string;
  environment?: Record<string, string | undefined>;
  /** Lines in `location /` of nginx. */
  location?: string;
}

/** This API behind nginx, as `deploy/nginx` sets it up. */
export async function deploy({ environment = {}, location = '' }: Setup) {
  const api = await startApi({ ...right, ...environment });
  const nginx = await Nginx.start('own-origin.conf', {
    ...{ upstream: api.port, tls: true },
    additions: { http: '', location },
  });
  const stop = async () => {
    await nginx.stop();
    await api.close();
  };
  return { api, nginx, stop };
}

export type Deployment = Awaited<ReturnType<typeof deploy>>;

/** What the doctor says of it. */
export function ask({ nginx }: Deployment, setup: Setup, options: ExamineOptions = {}): Promise<Examination> {
  const resolve = {
    'api.example.com:443': { host: '127.0.0.1', port: nginx.port, protocol: 'https:' },
    'api.example.com:80': { host: '127.0.0.1', port: nginx.plainPort, protocol: 'http:' },
  } as const;
  return examine(setup.page ?? page, `${setup.api ?? apiUrl}/posts`, { ca: nginx.certificate, resolve, ...options });
}

/** With every operation, and with a log-in and a log-out. */
export async function askEverything(setup: Setup): Promise<Examination> {
  const deployment = await deploy(setup);
  try {
    const { email } = await createUser(deployment.api);
    const logIn = {
      path: '/authentication/log-in',
      body: new TextEncoder().encode(JSON.stringify({ email, password })),
      type: 'application/json',
      logOutPath: '/authentication/log-out',
    };
    return await ask(deployment, setup, { logIn, openapi: '/openapi.json' });
  } finally {
    await deployment.stop();
  }
}
