import { afterAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { examine } from '../../src/doctor/examine.js';
import { report } from '../../src/doctor/report.js';

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** A server that is not one: `handle` gets the connection after its first bytes. */
async function hostile(handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => handle(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  stops.push(async () => {
    sockets.forEach((socket) => socket.destroy());
    await once(server.close(), 'close');
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

const answer =
  (headers: string, body = '') =>
  (socket: Socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: http://127.0.0.1:1\r\n${headers}\r\n${body}`);

/** Writes for as long as somebody reads. */
function flood(socket: Socket, head: string, chunk: string): void {
  socket.write(head);
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

/** What each does, and what the doctor finds. */
const cases: Record<string, [code: string, handle: (socket: Socket) => void]> = {
  'never answers': ['TimedOut', () => undefined],
  'closes the connection': ['ConnectionFailed', (socket) => socket.destroy()],
  'does not speak HTTP': ['NotHttp', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  'answers with bytes without sense': [
    'NotHttp',
    (socket) => socket.end(Buffer.from([0, 255, 1, 254, 13, 10, 13, 10])),
  ],
  'sends a body without an end': [
    'MissingAllowOriginHeader',
    (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536)),
  ],
  'sends headers without an end': [
    'HeadersTooLarge',
    (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n', `X-Large: ${'x'.repeat(8_000)}\r\n`),
  ],
  'sends one byte and waits': ['TimedOut', (socket) => socket.write('H')],
  'sends a body of one byte a second': [
    'TimedOut',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx'),
  ],
  'redirects without an end': [
    'TooManyRedirects',
    (socket) => socket.end('HTTP/1.1 302 Found\r\nAccess-Control-Allow-Origin: *\r\nLocation: /\r\n\r\n'),
  ],
  'redirects to what is no URL': [
    'RedirectLocationInvalid',
    (socket) => socket.end('HTTP/1.1 302 Found\r\nAccess-Control-Allow-Origin: *\r\nLocation: http://[\r\n\r\n'),
  ],
  'sets a cookie of 200 KB': ['InvalidAllowCredentials', answer(`Set-Cookie: a=${'x'.repeat(200_000)}\r\n`)],
  'sets a cookie of 1 MB': ['HeadersTooLarge', answer(`Set-Cookie: a=${'x'.repeat(1_000_000)}\r\n`)],
  'sends 10 MB of headers': ['HeadersTooLarge', answer(`X-Large: ${'x'.repeat(8_000)}\r\n`.repeat(1_250))],
  'sends a body of 1 GB': [
    'MissingAllowOriginHeader',
    (socket) => flood(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n', 'x'.repeat(65_536)),
  ],
  'sets 10,000 cookies': [
    'InvalidAllowCredentials',
    answer(Array.from({ length: 10_000 }, (_, index) => `Set-Cookie: c${String(index)}=1\r\n`).join('')),
  ],
  'writes to the terminal': ['NotHttp', answer('X-Request-Id: \x1B[2J\x1B]0;title\x07\r\nVary: \x1B[31m\r\n')],
  // The parser of Node.js lets these through.
  'writes to the terminal with bytes above 127': [
    'InvalidAllowCredentials',
    answer('X-Request-Id: \x9B2J\x9D0;title\x9C\r\nVary: \x9B31m\r\n'),
  ],
  'has dates and lists without sense': [
    'InvalidAllowCredentials',
    answer('Set-Cookie: a=1; Expires=Foo; Max-Age=1e9; Domain=..\r\nAccess-Control-Allow-Methods: ,,;;\r\nVary: ,\r\n'),
  ],
  'answers with status 999': ['MissingAllowOriginHeader', (socket) => socket.end('HTTP/1.1 999 What\r\n\r\n')],
};

describe('a server that', () => {
  test.each(Object.entries(cases))('%s', async (_, [code, handle]) => {
    const url = await hostile(handle);
    const started = performance.now();
    const logIn = { path: '/log-in', body: new Uint8Array(2), type: 'application/json', logOutPath: '/log-out' };
    const examination = await examine('http://127.0.0.1:1', url, { timeoutMs: 2_000, deadlineMs: 15_000, logIn });
    expect(performance.now() - started).toBeLessThan(30_000);
    const text = report(examination, { colors: false, verbose: true });
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\x00-\x09\x0B-\x1F\x7F-\x9F]/);
    expect(examination.findings.map((each) => each.code)).toContain(code);
    expect(examination.exitCode).toBe(examination.findings[0]?.severity === 'unreachable' ? 2 : 1);
  });
});

test.each([
  ['', 'https://api.example.com'],
  ['app.example.com', 'https://api.example.com'],
  ['file:///etc/passwd', 'https://api.example.com'],
  ['https://app.example.com', ''],
  ['https://app.example.com', 'file:///etc/passwd'],
  ['https://app.example.com', 'http://['],
])('refuses page "%s" and API "%s" with a clear error', async (page, api) => {
  await expect(examine(page, api)).rejects.toThrow(/^The (?:page|API) is not/);
});

test('tells that a host does not exist', async () => {
  const { exitCode, findings } = await examine('https://app.example.com', 'https://api.browser-verdict.invalid/');
  expect([exitCode, findings[0]?.code]).toEqual([2, 'NameNotResolved']);
});
