import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RouteTable } from '../src/http/route-table.js';
import { startApi, type Api } from './support/api.js';

/** Every opening there is. Whoever opens another route writes it down here. */
const publicRoutes = [
  'GET /categories',
  'GET /categories/:id',
  'GET /health/live',
  'GET /health/ready',
  'GET /posts',
  'GET /posts/:id',
  'GET /products',
  'GET /products/:id',
  'POST /authentication/email-confirmation/confirmation',
  'POST /authentication/log-in',
  'POST /authentication/log-out',
  'POST /authentication/password-reset',
  'POST /authentication/password-reset/confirmation',
  'POST /authentication/refresh',
  'POST /authentication/register',
  'POST /authentication/tokens', // with an e-mail address and its password
];

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

/** What the controllers declare, as in `GET /posts/:id`. */
function routes(): string[] {
  const scanner = new MetadataScanner();
  return api.app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const prototype = metatype?.prototype as Record<string, object>;
      const handlers = scanner.getAllMethodNames(prototype).map((name) => prototype[name] ?? {});
      return handlers
        .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler))
        .map((handler) => {
          const path = [metatype ?? {}, handler].map((target) => String(Reflect.getMetadata(PATH_METADATA, target)));
          const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
          return `${method} /${path.join('/').replace(/\/+$/, '')}`;
        });
    });
}

/** Whether a route lets a visitor without a session past the guard. */
async function isOpen(route: string): Promise<boolean> {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(`${api.url}${path.replace(':id', '1')}`, {
    method,
    ...(method === 'GET' ? {} : { body: '{}', headers: { 'Content-Type': 'application/json' } }),
  });
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  return !(response.status === 401 && detail?.startsWith('Log in first'));
}

describe('the routes', () => {
  it('of the controllers are those of the router, except for the documentation', () => {
    const served = api.app
      .get(RouteTable)
      .all()
      .filter(({ path }) => !/^\/(docs.*|openapi\.json)?$/.test(path))
      .flatMap(({ path, methods }) => methods.filter((method) => method !== 'HEAD').map((name) => `${name} ${path}`));
    expect(routes().sort()).toEqual(served.sort());
  });

  it('that need no session are exactly these', async () => {
    const all = routes();
    const open = await Promise.all(all.map(isOpen));
    expect(all.filter((_, index) => open[index]).sort()).toEqual(publicRoutes);
  });
});
