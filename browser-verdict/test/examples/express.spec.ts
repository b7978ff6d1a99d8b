import { expect, test } from '@jest/globals';
import cors from 'cors';
import express from 'express';
import { openPage } from '../../src/page/open-page.js';

const app = express();
app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
app.post('/log-in', (_, response) => {
  response.cookie('session', '1', { httpOnly: true, secure: true, sameSite: 'lax' }).sendStatus(204);
});
app.get('/me', (request, response) => void response.json({ cookie: request.headers.cookie ?? null }));

test.each(['chromium', 'firefox', 'safari'] as const)('a person stays logged in: %s', async (browser) => {
  const page = openPage('https://app.example.com', { browser, servers: { 'https://api.example.com': app } });
  await page.fetch('https://api.example.com/log-in', { method: 'POST', credentials: 'include' });
  const response = await page.fetch('https://api.example.com/me', { credentials: 'include' });
  expect(await response.json()).toEqual({ cookie: 'session=1' });
  await page.close();
});

test('a page of somebody else reads nothing', async () => {
  const page = openPage('https://evil.example.net', { servers: { 'https://api.example.com': app } });
  await expect(page.fetch('https://api.example.com/me')).rejects.toMatchObject({
    verdict: { reason: { code: 'MissingAllowOriginHeader' } },
  });
  await page.close();
});
