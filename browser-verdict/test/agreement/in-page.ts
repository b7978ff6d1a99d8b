import type { Asking } from './case.js';

/** Runs in the page: makes the request, and tells what the page can tell of it. */
export async function inPage(asking: Asking, url: string): Promise<string> {
  switch (asking.kind) {
    case 'fetch':
      try {
        const { type, status, redirected, headers } = await fetch(url, asking.init);
        const names = ['x-hidden', 'x-seen'].filter((name) => headers.has(name));
        return [type, status, redirected, ...names].join(' ');
      } catch {
        return 'error';
      }
    case 'beacon':
      navigator.sendBeacon(url, asking.type === null ? new Blob(['x']) : new Blob(['x'], { type: asking.type }));
      return 'unknown';
    case 'event-source': {
      const source = new EventSource(url, { withCredentials: asking.withCredentials });
      const outcome = await new Promise<string>((resolve) => {
        source.onopen = () => resolve('load');
        source.onerror = () => resolve('error');
      });
      source.close();
      return outcome;
    }
    case 'form': {
      const form = document.createElement('form');
      form.method = asking.method;
      form.action = url;
      document.body.append(form);
      setTimeout(() => form.submit());
      return 'unknown';
    }
    case 'link': {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      setTimeout(() => link.click());
      return 'unknown';
    }
    default: {
      const element = document.createElement(asking.kind === 'image' ? 'img' : 'script');
      if (asking.crossorigin !== null) element.crossOrigin = asking.crossorigin;
      return new Promise((resolve) => {
        element.onload = () => resolve('load');
        element.onerror = () => resolve('error');
        element.src = url;
        document.body.append(element);
      });
    }
  }
}
