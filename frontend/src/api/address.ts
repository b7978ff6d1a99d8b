const url = document.querySelector<HTMLMetaElement>('meta[name="api-url"]')?.content ?? '';

/** Where the API is, as index.html says, without a slash at the end. `/api` means: below the origin of this page. */
export const apiUrl = new URL(url, location.href).href.replace(/\/$/, '');
