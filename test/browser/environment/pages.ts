import type { RequestListener } from 'node:http';
import { lastConsoleMessage } from '../browsers/browser.js';

/** A page without scripts, on every path. */
export const emptyPage: RequestListener = ({ url, headers }, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.statusCode = url === '/favicon.ico' ? 404 : 200;
  response.end(`<!doctype html><html lang="en"><title>A page</title><h1>${headers.host ?? ''}</h1>`);
};

/** A page that calls `fetch` with the arguments in its query, `/?url=...&init={...}`, and then logs `lastConsoleMessage`. */
export const fetchingPage: RequestListener = (_, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,"><script type="module">
    const query = new URLSearchParams(location.search);
    await fetch(query.get('url'), JSON.parse(query.get('init'))).catch(() => undefined);
    // The browser may log a message about a request a moment after its end.
    await fetch('/later');
    // A window that is not painted has no frames.
    await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); setTimeout(resolve, 500); });
    console.log(${JSON.stringify(lastConsoleMessage)});
  </script>`);
};
