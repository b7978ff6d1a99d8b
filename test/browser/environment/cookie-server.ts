import type { RequestListener } from 'node:http';
import type { ReceivedRequest } from './reverse-proxy.js';

/**
 * `GET /set?cookie=a%3D1%3B%20Secure` sets this cookie. The body of every response is the `Cookie` header of the request. Pages
 * of every origin may call it. It replaces the API where only the behaviour of the browser is measured.
 * @param requests every request is added to it
 */
export const cookieServer =
  (requests: ReceivedRequest[]): RequestListener =>
  (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    requests.push({ method, url, headers, status: 200 });
    const cookie = new URL(url, 'http://localhost').searchParams.get('cookie');
    if (cookie !== null) response.setHeader('Set-Cookie', cookie);
    response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Cache-Control', 'no-store');
    response.end(headers.cookie ?? '');
  };
