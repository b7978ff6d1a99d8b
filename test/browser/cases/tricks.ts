/** What a foreign page may try. Each runs in that page, which learns at most that it failed. */
export interface Trick {
  name: string;
  /** What the API answers; `preflight` when the request itself is never sent. */
  answer: number | 'preflight';
  run: (url: string, body: string) => unknown;
}

/** Sends `body`, which is JSON, to `url` with the cookies, if the browser lets it. */
export const writing: Trick[] = [
  {
    name: 'a form',
    answer: 403,
    run: (url) => {
      document.body.innerHTML = `<form method="post" action="${url}"><input name="title" value="Hello"></form>`;
      document.forms[0]?.submit();
    },
  },
  {
    name: 'a text/plain form whose field is JSON',
    answer: 403,
    run: (url, body) => {
      document.body.innerHTML = `<form method="post" enctype="text/plain" action="${url}"><input></form>`;
      const [name = '', value = ''] = body.split('=');
      document.querySelector('input')?.setAttribute('name', name);
      document.querySelector('input')?.setAttribute('value', value);
      document.forms[0]?.submit();
    },
  },
  {
    name: 'a form in a frame without an origin',
    answer: 403,
    run: (url) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-forms');
      frame.srcdoc = `<form method="post" action="${url}"></form><script>document.forms[0].submit()</script>`;
      document.body.append(frame);
    },
  },
  {
    name: 'fetch of text/plain',
    answer: 403,
    run: (url, body) => fetch(url, { method: 'POST', credentials: 'include', body }),
  },
  {
    name: 'fetch without CORS of a Blob without a type',
    answer: 403,
    run: (url, body) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: new Blob([body]) }),
  },
  {
    name: 'fetch without CORS and without a body',
    answer: 403,
    run: (url) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include' }),
  },
  {
    name: 'a beacon',
    answer: 403,
    run: (url, body) => navigator.sendBeacon(url, body),
  },
  {
    name: 'fetch of JSON',
    answer: 'preflight',
    run: (url, body) => {
      const headers = { 'Content-Type': 'application/json' };
      return fetch(url, { method: 'POST', credentials: 'include', headers, body });
    },
  },
];

/** GET changes nothing, wherever it goes. */
export const getting: Omit<Trick, 'answer'>[] = [
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
