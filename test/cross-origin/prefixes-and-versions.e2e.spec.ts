import { Controller, Get, Module, Post, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Public } from '../../src/authentication/public.decorator.js';
import { CrossOrigin } from '../../src/cross-origin/cross-origin.decorator.js';
import { startApi, type Api } from '../support/api.js';
import { allowed, allowedByPattern, site } from './support/origins.js';
import { accessControl, send, valuesOf } from './support/wire.js';

@Controller('reports')
@Public()
class ReportsController {
  @Get()
  @CrossOrigin({ origins: [allowed] })
  findAll() {
    return {};
  }

  @Post()
  create() {
    return {};
  }
}

@Controller({ path: 'reports', version: '2' })
@Public()
class NewReportsController {
  @Get()
  findAll() {
    return {};
  }
}

@Controller({ path: 'reports', version: ['1', VERSION_NEUTRAL] })
@Public()
class OldReportsController {
  @Get()
  @CrossOrigin({ origins: [allowed] })
  findAll() {
    return {};
  }
}

@Module({ controllers: [ReportsController] })
class ReportsModule {}

@Module({ imports: [ReportsModule, RouterModule.register([{ path: 'admin', module: ReportsModule }])] })
class MountedModule {}

let api: Api | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const get = (door: Api, path: string, origin: string, headers = {}) =>
  send(door, { path, headers: { Origin: origin, ...headers } });

/** The origins, of two that the API allows, whose pages can read a path. */
async function readersOf(door: Api, path: string): Promise<string[]> {
  const readers: string[] = [];
  for (const origin of [allowed, allowedByPattern]) {
    const answer = await get(door, path, origin);
    expect([path, answer.status]).toEqual([path, 200]);
    const preflight = { Origin: origin, 'Access-Control-Request-Method': 'GET' };
    const { status } = await send(door, { method: 'OPTIONS', path, headers: preflight });
    const isReadable = valuesOf(answer, 'access-control-allow-origin').includes(origin);
    expect([path, origin, status]).toEqual([path, origin, isReadable ? 204 : 403]);
    if (isReadable) readers.push(origin);
    else expect(accessControl(answer)).toEqual([]);
  }
  return readers;
}

describe('the policy of a route that only one origin may read', () => {
  it('holds with a global prefix', async () => {
    api = await startApi(site, [ReportsController], (app) => app.setGlobalPrefix('api/v1'));
    expect(await readersOf(api, '/api/v1/reports')).toEqual([allowed]);
    expect(await readersOf(api, '/api/v1/posts')).toEqual([allowed, allowedByPattern]);
  });

  it('holds for each version in the path', async () => {
    const controllers = [OldReportsController, NewReportsController];
    api = await startApi(site, controllers, (app) => app.enableVersioning({ type: VersioningType.URI }));
    expect(await readersOf(api, '/v1/reports')).toEqual([allowed]);
    expect(await readersOf(api, '/reports')).toEqual([allowed]);
    expect(await readersOf(api, '/v2/reports')).toEqual([allowed, allowedByPattern]);
  });

  it('holds where RouterModule mounts its module', async () => {
    api = await startApi(site, [], undefined, [MountedModule]);
    expect(await readersOf(api, '/admin/reports')).toEqual([allowed]);
  });

  it('is refused at start when a header chooses the version: a preflight does not have it', async () => {
    const controllers = [OldReportsController, NewReportsController];
    const start = startApi(site, controllers, (app) =>
      app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
    );
    await expect(start).rejects.toThrow('GET /reports: its versions differ');
  });
});
