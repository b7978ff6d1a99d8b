import { afterAll, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { openPage } from '../../src/page/open-page.js';

const app = Fastify();
app.addHook('onRequest', async (request, reply) => {
  reply.header('Access-Control-Allow-Origin', 'https://app.example.com').header('Vary', 'Origin');
  if (request.method === 'OPTIONS') await reply.header('Access-Control-Allow-Methods', 'PATCH').code(204).send();
});
app.patch('/posts/1', () => ({ title: 'Hello' }));
afterAll(() => app.close());

test('the page may change a post', async () => {
  const page = openPage('https://app.example.com', { servers: { 'https://api.example.com': app } });
  const response = await page.fetch('https://api.example.com/posts/1', { method: 'PATCH' });
  expect(await response.json()).toEqual({ title: 'Hello' });
  await page.close();
});

test('with a header that is not allowed, the browser says which one', async () => {
  const page = openPage('https://app.example.com', { browser: 'firefox', servers: { 'https://api.example.com': app } });
  const refused = page.fetch('https://api.example.com/posts/1', { method: 'PATCH', headers: { 'X-Token': '1' } });
  await expect(refused).rejects.toThrow('HeaderDisallowedByPreflightResponse. The header x-token is not in');
  await page.close();
});
