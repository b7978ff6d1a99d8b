import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Controller, Get, Module, Post, Res, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Response } from 'express';
import { openPage } from '../../src/page/open-page.js';

@Controller()
class SessionsController {
  @Post('log-in')
  logIn(@Res({ passthrough: true }) response: Response) {
    response.cookie('session', '1', { httpOnly: true, secure: true, sameSite: 'none', partitioned: true });
  }

  @Get('me')
  me() {
    return { name: 'Ada' };
  }
}

@Module({ controllers: [SessionsController] })
class AppModule {}

let app: INestApplication;
beforeAll(async () => {
  app = await NestFactory.create(AppModule, { logger: false });
  app.enableCors({ origin: ['https://app.example.org'], credentials: true });
  await app.init();
});
afterAll(() => app.close());

test.each([
  ['chromium', ['session=1']],
  ['firefox', ['session=1']],
  ['safari', []],
] as const)('a cookie across sites: in %s, %j is left', async (browser, cookies) => {
  const page = openPage('https://app.example.org', { browser, servers: { 'https://api.example.com': app } });
  await page.fetch('https://api.example.com/log-in', { method: 'POST', credentials: 'include' });
  expect(page.cookies('https://api.example.com')).toEqual(cookies);
  await page.close();
});
