import type { OutgoingHttpHeaders, RequestListener } from 'node:http';
import { farewell } from '../browsers/browser.js';

/** Fetches what its address says, and then takes its leave: `/?url=...&sent={...}`. */
export const mistakenPage: RequestListener = (_, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,"><script type="module">
    const asked = new URLSearchParams(location.search);
    await fetch(asked.get('url'), JSON.parse(asked.get('sent'))).catch(() => undefined);
    // What the browser says about that request may come a moment after its end.
    await fetch('/later');
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    console.log(${JSON.stringify(farewell)});
  </script>`);
};

const readable = (origin: string): OutgoingHttpHeaders => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'Content-Type',
});

/** What stands in front of an API and does not do it good. */
export const mistakenProxy: RequestListener = ({ url = '', headers }, response) => {
  const origin = headers.origin ?? '';
  const answers: Record<string, [status: number, headers: OutgoingHttpHeaders]> = {
    '/twice': [200, { ...readable(origin), 'Access-Control-Allow-Origin': [origin, origin] }],
    '/bare': [502, {}],
    '/broken': [502, readable(origin)],
    '/moved': [301, { ...readable(origin), Location: '/moved/' }],
    '/half': [200, { 'Access-Control-Allow-Origin': origin }],
    '/slash': [200, readable(`${origin}/`)],
    '/lax': [200, { ...readable(origin), 'Set-Cookie': 'a=1; HttpOnly; Secure; SameSite=Lax' }],
    '/insecure': [200, { ...readable(origin), 'Set-Cookie': 'a=1; HttpOnly; SameSite=None' }],
  };
  const [status, sent] = answers[url] ?? [404, {}];
  response.writeHead(status, sent).end();
};
