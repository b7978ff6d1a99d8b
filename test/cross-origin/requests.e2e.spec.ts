import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OutgoingHttpHeaders } from 'node:http';
import { ExpiredRowsService } from '../../src/accounts/expired-rows.service.js';
import { AuthenticationGuard } from '../../src/authentication/authentication.guard.js';
import { exposedHeaders } from '../../src/cross-origin/cors-headers.js';
import { RoutePolicies } from '../../src/cross-origin/route-policies.js';
import { RouteTable, type Route } from '../../src/http/route-table.js';
import { startApi, type Api } from '../support/api.js';
import { statementsOf } from '../support/statements.js';
import { allowed, allowedByPattern, allowedHeaders, refusedOrigins, site } from './support/origins.js';
import { expectVaries } from './support/readable.js';
import { accessControl, problem, send, valuesOf, type Answer } from './support/wire.js';

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const exposed = ['access-control-expose-headers', exposedHeaders.join(',')];
const allowedOrigins = { 'an allowed origin': allowed, 'an origin that fits a pattern': allowedByPattern };
const refused = Object.entries(refusedOrigins);

let api: Api;
let routes: Route[];
beforeAll(async () => {
  jest.spyOn(ExpiredRowsService.prototype, 'remove').mockResolvedValue(undefined); // queries of its own accord
  api = await startApi(site);
  routes = api.app.get(RouteTable).all();
});
afterAll(() => api.close());

const isReadableByAny = (route: Route, method: string) =>
  api.app.get(RoutePolicies).find(route, method)?.origins === 'any' && ['GET', 'HEAD'].includes(method);

interface Exchange {
  route: Route;
  method: string;
  answer: Answer;
}

/** Every route of the router with every method: those it has and those it has not. */
async function walk(headersFor: (method: string) => OutgoingHttpHeaders, sent?: string): Promise<Exchange[]> {
  const pairs = routes.flatMap((route) => everyMethod.map((method) => ({ route, method })));
  return Promise.all(
    pairs.map(async ({ route, method }) => {
      const path = route.path.replace(/:\w+/g, '1');
      return { route, method, answer: await send(api, { method: sent ?? method, path, headers: headersFor(method) }) };
    }),
  );
}

/** What differs from the expectation, each with its route: one line says more than a thousand assertions. */
function expectEach(exchanges: Exchange[], seen: (exchange: Exchange) => unknown, wanted: (e: Exchange) => unknown) {
  const table = (value: (exchange: Exchange) => unknown) =>
    Object.fromEntries(exchanges.map((each) => [`${each.method} ${each.route.path}`, value(each)]));
  expect(table(seen)).toEqual(table(wanted));
}

const preflightFrom = (origin: string | string[]) => (method: string) => ({
  Origin: origin,
  'Access-Control-Request-Method': method,
  'Access-Control-Request-Headers': 'content-type',
});

describe('the routes', () => {
  it('are walked from the router', () => {
    const post = routes.find(({ path }) => path === '/posts/:id');
    expect(post?.methods).toEqual(['GET', 'HEAD', 'PATCH', 'PUT', 'DELETE']);
    expect(routes.length).toBeGreaterThan(20);
  });

  it('that any origin may read are the description and the health', () => {
    const open = routes.filter((route) => route.methods.some((method) => isReadableByAny(route, method)));
    expect(open.map(({ path }) => path).sort()).toEqual(['/health/live', '/health/ready', '/openapi.json']);
  });

  it('have the methods that their preflights name, and answer 405 to any other', async () => {
    const exchanges = await walk(() => ({ Origin: allowed }));
    const isMissing = ({ status, body }: Answer) => status === 405 || body.includes('"Cannot ');
    expectEach(
      exchanges,
      ({ answer }) => isMissing(answer),
      ({ route, method }) => !route.methods.includes(method),
    );
  });
});

describe('a preflight', () => {
  it.each(Object.entries(allowedOrigins))('from %s is told what the route has', async (_, origin) => {
    const exchanges = await walk(preflightFrom(origin), 'OPTIONS');
    const own = (methods: readonly string[], who: string) => [
      ['access-control-allow-headers', allowedHeaders],
      ['access-control-allow-methods', methods.join(',')],
      ['access-control-allow-origin', who],
      ['access-control-max-age', '7200'],
    ];
    expectEach(
      exchanges,
      ({ answer }) => [answer.status, accessControl(answer).sort()],
      ({ route, method }) => {
        if (!route.methods.includes(method)) return [403, []];
        if (isReadableByAny(route, method)) return [204, own(route.methods, '*')];
        return [204, [['access-control-allow-credentials', 'true'], ...own(route.methods, origin)]];
      },
    );
    exchanges.forEach(({ answer }) => expectVaries(answer));
  });

  it.each(refused)('from %s is refused without any CORS header', async (_, origin) => {
    const exchanges = await walk(preflightFrom(origin as string), 'OPTIONS');
    expectEach(
      exchanges.filter(({ route, method }) => !isReadableByAny(route, method)),
      ({ answer }) => [answer.status, accessControl(answer)],
      () => [403, []],
    );
    expectEach(
      exchanges.filter(({ route, method }) => isReadableByAny(route, method)),
      ({ answer }) => [answer.status, valuesOf(answer, 'access-control-allow-origin'), accessControl(answer).length],
      () => [204, ['*'], 4],
    );
  });

  it.each(everyMethod)(
    'for %s on a path that does not exist is let through, so that the page can read the 404',
    async (m) => {
      const preflight = await send(api, { method: 'OPTIONS', path: '/nothing', headers: preflightFrom(allowed)(m) });
      expect(preflight.status).toBe(204);
      expect(valuesOf(preflight, 'access-control-allow-methods')).toEqual(['GET,HEAD,POST,PUT,PATCH,DELETE']);
      const { status } = await send(api, { method: m, path: '/nothing', headers: { Origin: allowed } });
      expect(status).toBe(404);
    },
  );

  it('for a header that is not allowed has the usual headers, so that the browser names the one it misses', async () => {
    const headers = { ...preflightFrom(allowed)('GET'), 'Access-Control-Request-Headers': 'x-steal' };
    const answer = await send(api, { method: 'OPTIONS', path: '/posts', headers });
    const usual = await send(api, { method: 'OPTIONS', path: '/posts', headers: preflightFrom(allowed)('GET') });
    expect(answer.status).toBe(204);
    expect(accessControl(answer)).toEqual(accessControl(usual));
    expect(JSON.stringify(answer.headers)).not.toContain('x-steal');
  });

  it.each([
    ['origin', 'https://evil.example', 'GET', 'nearest allowed origin'],
    ['method', allowed, 'DELETE', 'GET, HEAD, POST'],
  ])('names the step %s at which it was refused', async (step, origin, method, explanation) => {
    const answer = await send(api, { method: 'OPTIONS', path: '/posts', headers: preflightFrom(origin)(method) });
    expect(problem(answer).detail).toContain(`"${step}"`);
    expect(problem(answer).detail).toContain(explanation);
  });

  it('never reaches a guard or the database', async () => {
    const guard = jest.spyOn(AuthenticationGuard.prototype, 'canActivate');
    const statements = await statementsOf(async () => {
      for (const origin of [allowed, allowedByPattern, ...refused.map(([, each]) => each as string)])
        await walk(preflightFrom(origin), 'OPTIONS');
    });
    expect([guard.mock.calls.length, statements]).toEqual([0, []]);
    const read = await statementsOf(() => send(api, { path: '/posts', headers: { Origin: allowed } }));
    expect(guard.mock.calls.length).toBeGreaterThan(0);
    expect(read).not.toEqual([]);
    guard.mockRestore();
  });
});

describe('an OPTIONS that is no preflight', () => {
  const withoutOrigin: [string, OutgoingHttpHeaders][] = [
    ['nobody', {}],
    ['nobody, with the method of a preflight', { 'Access-Control-Request-Method': 'GET' }],
  ];
  const withOrigin = [...Object.entries(allowedOrigins), ...refused].map(
    ([name, origin]) => [name, { Origin: origin, 'Access-Control-Request-Headers': 'x-steal' }] as const,
  );

  it.each([...withoutOrigin, ...withOrigin])('from %s is told the methods of the route', async (_, headers) => {
    const exchanges = await walk(() => headers, 'OPTIONS');
    expectEach(
      exchanges,
      ({ answer }) => [answer.status, valuesOf(answer, 'allow'), accessControl(answer), answer.body],
      ({ route }) => [204, [[...route.methods, 'OPTIONS'].join(', ')], [], ''],
    );
  });
});

describe('any other request', () => {
  const anyOrigin = [['access-control-allow-origin', '*'], exposed];

  it.each(Object.entries(allowedOrigins))('from %s can be read, whatever comes of it', async (_, origin) => {
    const exchanges = await walk(() => ({ Origin: origin }));
    const own = [['access-control-allow-credentials', 'true'], ['access-control-allow-origin', origin], exposed];
    expectEach(
      exchanges,
      ({ answer }) => accessControl(answer).sort(),
      ({ route, method }) => (isReadableByAny(route, method) ? anyOrigin : own),
    );
    exchanges.forEach(({ answer }) => expectVaries(answer));
  });

  it.each(refused)('from %s carries no CORS header, and changes nothing', async (_, origin) => {
    const exchanges = await walk(() => ({ Origin: origin }));
    expectEach(
      exchanges,
      ({ answer, method }) => [accessControl(answer), isUnsafe(method) && answer.status],
      ({ route, method }) => [isReadableByAny(route, method) ? anyOrigin : [], isUnsafe(method) && 403],
    );
    exchanges.forEach(({ answer }) => expectVaries(answer));
  });

  it('without an origin carries no CORS header, but varies by it', async () => {
    const exchanges = await walk(() => ({}));
    expectEach(
      exchanges,
      ({ answer }) => accessControl(answer),
      ({ route, method }) => (isReadableByAny(route, method) ? anyOrigin : []),
    );
    exchanges.forEach(({ answer }) => expectVaries(answer));
  });
});

const isUnsafe = (method: string) => method !== 'GET' && method !== 'HEAD';

describe('Strict-Transport-Security', () => {
  it.each(['/posts', '/nowhere', '/docs'])(
    'keeps browsers to https for a year, with all subdomains: %s',
    async (path) => {
      expect(valuesOf(await send(api, { path }), 'strict-transport-security')).toEqual([
        'max-age=31536000; includeSubDomains',
      ]);
    },
  );
});
