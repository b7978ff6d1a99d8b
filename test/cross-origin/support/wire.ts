import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Api } from '../../support/api.js';

/** What came over the wire: supertest and fetch fold headers that occur twice, this does not. */
export interface Answer {
  status: number;
  /** Names in lower case, in the order of the wire. */
  headers: [name: string, value: string][];
  body: string;
}

export interface Sent {
  method?: string;
  path?: string;
  /** A list of values is sent as that many lines. */
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

type Door = Pick<Api, 'port'>;

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** One request, byte for byte as given: nothing is added but `Host` and `Connection`. */
export function send({ port }: Door, { method = 'GET', path = '/', headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, agent, headers: { ...length, ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: pairs(incoming.rawHeaders),
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Writes the pieces, each once the one before has left, and reads until the server closes the connection. */
export function sendRaw({ port }: Door, ...pieces: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined); // The server may close while a piece is still on its way.
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      if (text === '') reject(new Error('The server closed the connection without an answer'));
      else resolve(parse(text));
    });
    const write = ([piece, ...others]: string[]) => {
      if (piece !== undefined && socket.writable)
        socket.write(piece, 'latin1', () => setTimeout(() => write(others), 20));
    };
    write(pieces);
  });
}

/** The last answer of the stream. */
function parse(text: string): Answer {
  const start = text.lastIndexOf('HTTP/1.1 ');
  const [head = '', body = ''] = text.slice(start).split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  return {
    status: Number(first.split(' ')[1]),
    headers: pairs(lines.flatMap((line) => line.split(/: (.*)/, 2))),
    body,
  };
}

function pairs(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as [string, string]] : [],
  );
}

/** Every value of a header, one for each time it occurs. */
export function valuesOf({ headers }: Answer, name: string): string[] {
  return headers.flatMap(([key, value]) => (key === name.toLowerCase() ? [value] : []));
}

export function accessControl({ headers }: Answer): [string, string][] {
  return headers.filter(([name]) => name.startsWith('access-control-'));
}

/** @returns what a problem document says. @throws SyntaxError when it is none */
export function problem({ body }: Answer): { status: number; type: string; detail: string; instance?: string } {
  return JSON.parse(body);
}
