const url = document.querySelector<HTMLMetaElement>('meta[name="api-url"]')?.content ?? '';

/** The URL of the API, as set in index.html, without a slash at the end. `/api` is a path on the origin of this page. */
export const apiUrl = new URL(url, location.href).href.replace(/\/$/, '');
