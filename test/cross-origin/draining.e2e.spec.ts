import { Controller, Get } from '@nestjs/common';
import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Public } from '../../src/authentication/public.decorator.js';
import { startApi } from '../support/api.js';
import { Gate, waitUntil } from '../support/wait.js';

let gate: Gate;
@Controller('slow')
@Public()
class SlowController {
  @Get()
  async slow() {
    await gate.opened;
    return { finished: true };
  }
}

const request = (path: string, origin: string) => `GET ${path} HTTP/1.1\r\nHost: api\r\nOrigin: ${origin}\r\n\r\n`;

it.each([
  ['http://localhost:5173', ['http://localhost:5173', 'http://localhost:5173']],
  ['https://evil.example', []],
])('finishes what runs and answers 503 to %s on an open connection while it shuts down', async (origin, readableBy) => {
  gate = new Gate();
  const api = await startApi({}, [SlowController]);
  const server = api.app.getHttpServer();
  let received = 0;
  server.on('request', () => (received += 1));
  const socket = connect(api.port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.write(request('/slow', origin));
  await waitUntil(() => received === 1);
  const closed = api.close();
  await waitUntil(() => !server.listening);
  socket.write(request('/posts', origin));
  await waitUntil(() => received === 2);
  gate.open();
  await once(socket, 'close');
  await closed;

  const [finished = '', refused = ''] = text.split(/(?<=})(?=HTTP)/);
  expect(finished).toMatch(/^HTTP\/1.1 200 [^]*{"finished":true}$/);
  expect(refused).toMatch(/^HTTP\/1.1 503 [^]*"status":503/);
  expect(refused).toMatch(/^Retry-After: 1\r$/m);
  expect(refused).toMatch(/^Connection: close\r$/m);
  const allowed = [...text.matchAll(/^Access-Control-Allow-Origin: (.*)\r$/gm)];
  expect(allowed.map(([, name]) => name)).toEqual(readableBy);
  expect(text.match(/^Vary: Origin\r$/gm)).toHaveLength(2);
});
