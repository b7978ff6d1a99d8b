import { request, type IncomingHttpHeaders, type RequestListener } from 'node:http';

/** A page that does nothing but be there, on every path. */
export const page: RequestListener = ({ url, headers }, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.statusCode = url === '/favicon.ico' ? 404 : 200;
  response.end(`<!doctype html><html lang="en"><title>A page</title><h1>${headers.host ?? ''}</h1>`);
};

/** What came by on its way to the API. */
export interface Passed {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  /** Once it is answered. */
  status?: number;
}

/**
 * The API behind a proxy that ends https, as `deploy/nginx` does.
 * @param passed gets every request
 */
export function forwardTo(port: number, passed: Passed[] = []): RequestListener {
  return (incoming, response) => {
    const { method = '', url = '', headers, socket } = incoming;
    const record: Passed = { method, url, headers };
    passed.push(record);
    const forwarded = {
      'x-forwarded-for': socket.remoteAddress,
      'x-forwarded-proto': 'encrypted' in socket ? 'https' : 'http',
      'x-forwarded-host': headers.host,
    };
    const options = { host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...forwarded } };
    const outgoing = request(options, (answer) => {
      record.status = answer.statusCode;
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  };
}
