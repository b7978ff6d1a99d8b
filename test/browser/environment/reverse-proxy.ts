import { request, type IncomingHttpHeaders, type RequestListener } from 'node:http';

/** A request on its way to the API. */
export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  /** The status of the response; undefined while there is none. */
  status?: number;
}

/** What the network does to responses. A test may change it. */
export interface Network {
  /** Whether the connection ends before the response of the API reaches the page. */
  losesResponseTo: (request: ReceivedRequest) => boolean;
}

/**
 * Forwards requests to the API on this port, and terminates TLS, as `deploy/nginx` does.
 * @param requests every request is added to it
 */
export function reverseProxy(port: number, requests: ReceivedRequest[] = [], network?: Network): RequestListener {
  return (incoming, response) => {
    const { method = '', url = '', headers, socket } = incoming;
    const received: ReceivedRequest = { method, url, headers };
    requests.push(received);
    const forwarded = {
      'x-forwarded-for': socket.remoteAddress,
      'x-forwarded-proto': 'encrypted' in socket ? 'https' : 'http',
      'x-forwarded-host': headers.host,
    };
    const options = { host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...forwarded } };
    const outgoing = request(options, (apiResponse) => {
      received.status = apiResponse.statusCode;
      if (network?.losesResponseTo(received)) {
        apiResponse.destroy();
        response.destroy();
        return;
      }
      response.writeHead(apiResponse.statusCode ?? 502, apiResponse.rawHeaders);
      apiResponse.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  };
}
