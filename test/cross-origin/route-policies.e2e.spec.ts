import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Public } from '../../src/authentication/public.decorator.js';
import { CrossOrigin } from '../../src/cross-origin/cross-origin.decorator.js';
import { RoutePolicies } from '../../src/cross-origin/route-policies.js';
import { HttpAdapter } from '../../src/http/http-adapter.js';
import { RouteTable } from '../../src/http/route-table.js';
import { startApi, type Api } from '../support/api.js';
import { allowed, allowedByPattern, foreign, site } from './support/origins.js';
import { expectReadable, expectUnreadable } from './support/readable.js';
import { accessControl, problem, send, valuesOf } from './support/wire.js';

@Controller('policies')
@Public()
@CrossOrigin({ maxAge: 60 })
class PoliciesController {
  @Get('any')
  @CrossOrigin({ origins: 'any', maxAge: 0 })
  any() {
    return {};
  }

  @Post('any')
  write() {
    return {};
  }

  @Get(['narrow', 'narrow/alias'])
  @CrossOrigin({ origins: [allowed, foreign] })
  narrow() {
    return {};
  }

  @Post('narrow/write')
  @CrossOrigin({ origins: [allowed] })
  writeNarrowly() {
    return {};
  }

  @Get('inherited')
  inherited() {
    return this.helper();
  }

  /** Not a route, so without a policy. */
  helper() {
    return {};
  }
}

let api: Api;
beforeAll(async () => (api = await startApi(site, [PoliciesController])));
afterAll(() => api.close());

const get = (path: string, origin: string) => send(api, { path, headers: { Origin: origin } });
const post = (path: string, origin: string) => send(api, { method: 'POST', path, headers: { Origin: origin } });
const preflight = (path: string, origin: string, method = 'GET') =>
  send(api, { method: 'OPTIONS', path, headers: { Origin: origin, 'Access-Control-Request-Method': method } });

describe('a route that any origin may read', () => {
  it.each(['/policies/any', '/health/live', '/health/ready', '/openapi.json'])(
    '%s is read without credentials',
    async (path) => {
      for (const origin of [foreign, 'null']) {
        const answer = await get(path, origin);
        expect(answer.status).toBe(200);
        expect(valuesOf(answer, 'access-control-allow-origin')).toEqual(['*']);
        expect(valuesOf(answer, 'access-control-allow-credentials')).toEqual([]);
        expect(valuesOf(answer, 'vary')).toEqual(['Origin']);
      }
    },
  );

  it('tells any origin so in the preflight, with its own max-age', async () => {
    const answer = await preflight('/policies/any', foreign);
    expect(answer.status).toBe(204);
    expect(valuesOf(answer, 'access-control-allow-origin')).toEqual(['*']);
    expect(valuesOf(answer, 'access-control-allow-credentials')).toEqual([]);
    expect(valuesOf(answer, 'access-control-max-age')).toEqual(['0']);
  });

  it('is not written by a foreign one through another method of the path', async () => {
    expect((await preflight('/policies/any', foreign, 'POST')).status).toBe(403);
    expect((await post('/policies/any', foreign)).status).toBe(403);
    expect((await post('/policies/any', allowed)).status).toBe(201);
    expectReadable(await post('/policies/any', allowed), allowed);
  });
});

describe('a route with a list of its own', () => {
  it.each(['/policies/narrow', '/policies/narrow/alias'])('%s is read by those of the list alone', async (path) => {
    expectReadable(await get(path, allowed), allowed);
    expectUnreadable(await get(path, allowedByPattern));
    expect((await preflight(path, allowed)).status).toBe(204);
    const refused = await preflight(path, allowedByPattern);
    expect([refused.status, accessControl(refused)]).toEqual([403, []]);
  });

  it('allows nobody whom the configuration does not', async () => {
    expectUnreadable(await get('/policies/narrow', foreign));
    expect((await preflight('/policies/narrow', foreign)).status).toBe(403);
  });

  it('is not written by others either', async () => {
    expect((await post('/policies/narrow/write', allowed)).status).toBe(201);
    const refused = await post('/policies/narrow/write', allowedByPattern);
    expect(problem(refused)).toMatchObject({ status: 403, type: 'urn:problem:cross-origin-request-refused' });
    expectUnreadable(refused);
  });
});

describe('a policy of a controller', () => {
  it('holds for the routes that have none', async () => {
    const answer = await preflight('/policies/inherited', allowed);
    expect(valuesOf(answer, 'access-control-max-age')).toEqual(['60']);
    expectReadable(await get('/policies/inherited', allowed), allowed);
    expectUnreadable(await get('/policies/inherited', foreign));
  });
});

describe('a policy that cannot work', () => {
  @Controller('a')
  class WritesController {
    @Post()
    @CrossOrigin({ origins: 'any' })
    write() {
      return {};
    }
  }

  @Controller('b')
  class SlashController {
    @Get()
    @CrossOrigin({ origins: ['https://app.example.com/'] })
    read() {
      return {};
    }
  }

  @Controller('c')
  class StarController {
    @Get()
    @CrossOrigin({ origins: ['*'] })
    read() {
      return {};
    }
  }

  @Controller('d')
  class PatternController {
    @Get()
    @CrossOrigin({ origins: ['https://*.example.com'] })
    read() {
      return {};
    }
  }

  @Controller('e')
  class EmptyController {
    @Get()
    @CrossOrigin({ origins: [] })
    read() {
      return {};
    }
  }

  @Controller('f')
  @CrossOrigin({ origins: 'any' })
  class WholeController {
    @Get()
    read() {
      return {};
    }

    @Post()
    write() {
      return {};
    }
  }

  const ofAge = (maxAge: number) => {
    @Controller('g')
    class AgeController {
      @Get()
      @CrossOrigin({ maxAge })
      read() {
        return {};
      }
    }
    return AgeController;
  };

  const wrong: [cause: string, controller: Type, words: string[]][] = [
    ['any origin may write', WritesController, ['WritesController.write', 'POST']],
    ['a trailing slash', SlashController, ['SlashController.read', 'this would work: https://app.example.com']],
    ['a star', StarController, ['StarController.read', '"*"']],
    ['a pattern', PatternController, ['PatternController.read', 'is a pattern']],
    ['an empty list', EmptyController, ['EmptyController.read', 'empty list']],
    ['any origin may use a whole controller that writes', WholeController, ['WholeController.write', 'POST']],
    ['a negative max-age', ofAge(-1), ['AgeController.read', 'max-age of -1']],
    ['a broken max-age', ofAge(1.5), ['AgeController.read', 'max-age of 1.5']],
    ['a max-age that is no number', ofAge(NaN), ['AgeController.read', 'max-age of NaN']],
    ['a max-age beyond what browsers keep', ofAge(90_000), ['AgeController.read', '86400']],
  ];

  async function start(controllers: Type[]): Promise<unknown> {
    @Module({ imports: [DiscoveryModule], providers: [RoutePolicies, RouteTable], controllers })
    class PoliciesModule {}
    const app = await NestFactory.create(PoliciesModule, new HttpAdapter(), { logger: false, abortOnError: false });
    return app.init().finally(() => app.close());
  }

  it.each(wrong)('is refused at start: %s', async (_, controller, words) => {
    const error = await start([PoliciesController, controller]).catch(String);
    for (const word of words) expect(error).toContain(word);
    expect(error).not.toContain('PoliciesController');
    expect(error).not.toContain('WholeController.read');
  });

  it('is named together with every other', async () => {
    const error = String(await start(wrong.slice(0, 6).map(([, controller]) => controller)).catch(String));
    expect(error.match(/\w+Controller\.\w+: /g)).toHaveLength(6);
  });

  it('is not one when all is well', async () => {
    await expect(start([PoliciesController, ofAge(86_400)])).resolves.toBeDefined();
  });
});
