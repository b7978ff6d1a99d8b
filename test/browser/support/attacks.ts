/** What an attacker's page may try. It runs in that page, and at most learns that it failed. */
export interface Attack {
  name: string;
  /** The status that the API responds with; `preflight` when the browser sends only the preflight. */
  response: number | 'preflight';
  run: (url: string, body: string) => unknown;
}

/** Each sends `body`, which is JSON, to `url` with the cookies, if the browser allows it. */
export const unsafeRequests: Attack[] = [
  {
    name: 'a form',
    response: 403,
    run: (url) => {
      document.body.innerHTML = `<form method="post" action="${url}"><input name="title" value="Hello"></form>`;
      document.forms[0]?.submit();
    },
  },
  {
    name: 'a text/plain form whose field is JSON',
    response: 403,
    run: (url, body) => {
      document.body.innerHTML = `<form method="post" enctype="text/plain" action="${url}"><input></form>`;
      const [name = '', value = ''] = body.split('=');
      document.querySelector('input')?.setAttribute('name', name);
      document.querySelector('input')?.setAttribute('value', value);
      document.forms[0]?.submit();
    },
  },
  {
    name: 'a form in a sandboxed frame, whose origin is null',
    response: 403,
    run: (url) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-forms');
      frame.srcdoc = `<form method="post" action="${url}"></form><script>document.forms[0].submit()</script>`;
      document.body.append(frame);
    },
  },
  {
    name: 'fetch of text/plain',
    response: 403,
    run: (url, body) => fetch(url, { method: 'POST', credentials: 'include', body }),
  },
  {
    name: 'fetch without CORS of a Blob without a type',
    response: 403,
    run: (url, body) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: new Blob([body]) }),
  },
  {
    name: 'fetch without CORS and without a body',
    response: 403,
    run: (url) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include' }),
  },
  {
    name: 'a beacon',
    response: 403,
    run: (url, body) => navigator.sendBeacon(url, body),
  },
  {
    name: 'fetch of JSON',
    response: 'preflight',
    run: (url, body) => {
      const headers = { 'Content-Type': 'application/json' };
      return fetch(url, { method: 'POST', credentials: 'include', headers, body });
    },
  },
];

/** Each sends a GET to `url`. */
export const getRequests: Omit<Attack, 'response'>[] = [
  {
    name: 'an image',
    run: (url) => {
      document.body.append(Object.assign(new Image(), { src: url }));
    },
  },
  {
    name: 'a top-level navigation',
    run: (url) => location.assign(url),
  },
];
