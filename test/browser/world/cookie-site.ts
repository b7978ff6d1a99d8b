import type { RequestListener } from 'node:http';
import type { Passed } from './sites.js';

/**
 * Sets what it is asked to and tells what it got, to a page of any origin: `/set?cookie=a%3D1%3B%20Secure` and `/`. What
 * browsers do with cookies is measured here, without the API's own care.
 */
export const cookieSite =
  (passed: Passed[]): RequestListener =>
  (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    passed.push({ method, url, headers, status: 200 });
    const cookie = new URL(url, 'http://localhost').searchParams.get('cookie');
    if (cookie !== null) response.setHeader('Set-Cookie', cookie);
    response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Cache-Control', 'no-store');
    response.end(headers.cookie ?? '');
  };
