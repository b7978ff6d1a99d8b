import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

describe('health', () => {
  it('is ready while the database answers', async () => {
    await api.request.get('/health/ready').expect(200, { status: 'ok' });
  });

  it('is not cached', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const { headers } = await api.request.get(path).expect(200);
      expect(headers['cache-control']).toBe('private, no-store');
    }
  });

  it('stays alive, but is not ready and says so in a problem document, while the database is gone', async () => {
    const gone = await startApi();
    await gone.dataSource.destroy();
    await gone.request.get('/health/live').expect(200, { status: 'ok' });
    const { body, headers } = await gone.request.get('/health/ready').expect(503);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(body).toMatchObject({ status: 503, title: 'Service Unavailable', instance: '/health/ready' });
    expect(body.detail).toContain('database');
    await gone.dataSource.initialize();
    await gone.request.get('/health/ready').expect(200);
    await gone.close();
  });
});
