import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startApi } from '../support/api.js';
import { FailuresController } from './support/failures.controller.js';

const request = (path: string, origin: string) => `GET ${path} HTTP/1.1\r\nHost: api\r\nOrigin: ${origin}\r\n\r\n`;

it.each([
  ['http://localhost:5173', ['http://localhost:5173', 'http://localhost:5173']],
  ['https://evil.example', []],
])('finishes what runs and answers 503 to %s on an open connection while it shuts down', async (origin, readableBy) => {
  const api = await startApi({}, [FailuresController]);
  const socket = connect(api.port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.write(request('/failures/slow', origin));
  await delay(100);
  const closed = api.close();
  await delay(100);
  socket.write(request('/posts', origin));
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
