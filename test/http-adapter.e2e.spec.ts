import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpAdapter } from '../src/http/http-adapter.js';
import { describeWithPrograms } from './support/programs.js';

@Controller()
class GreetingController {
  @Get()
  greet() {
    return { greeting: 'hello' };
  }
}

@Module({ controllers: [GreetingController] })
class GreetingModule {}

const create = (options: object) =>
  NestFactory.create<NestExpressApplication>(GreetingModule, new HttpAdapter(), {
    logger: false,
    abortOnError: false,
    ...options,
  });

describe('the HTTP adapter', () => {
  it.each(['return503OnClosing', 'forceCloseConnections'])('refuses %s, which it does by itself', async (option) => {
    await expect(create({ [option]: true })).rejects.toThrow(`${option} is not supported`);
  });
});

describeWithPrograms('openssl')('the HTTP adapter, with httpsOptions,', () => {
  it('serves https', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'https-'));
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const files = ['-keyout', 'key.pem', '-out', 'certificate.pem'];
    const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
    execFileSync('openssl', [...kind, ...subject, ...files], { cwd: directory, stdio: 'ignore' });
    const [key, cert] = ['key.pem', 'certificate.pem'].map((name) => readFileSync(join(directory, name)));
    rmSync(directory, { recursive: true });

    const app = await create({ httpsOptions: { key, cert } });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const body = await new Promise<string>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, servername: 'localhost', ca: cert, agent: false };
      request(options, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    expect(body).toBe('{"greeting":"hello"}');
    await app.close();
  });
});
