import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { apiTypesOf } from '../frontend/api-types.js';
import { startApi, type Api } from './support/api.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('are those of /openapi.json; if not: npm run frontend:types', async () => {
  const { body } = await api.request.get('/openapi.json').expect(200);
  const committed = await readFile('frontend/src/api/schema.d.ts', 'utf8');
  // Not toBe: the difference would be thousands of lines long.
  if (committed !== (await apiTypesOf(body)))
    throw new Error('frontend/src/api/schema.d.ts is not what /openapi.json says now: run npm run frontend:types');
  expect(committed).toContain('"/posts/{id}"');
});
