const safeMethods = new Set(['GET', 'HEAD', 'POST']);
const safeHeaders = new Set(['accept', 'accept-language', 'content-language']);
const safeTypes = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/**
 * Why the browser asks the API before it sends this request; nothing: it just sends it. Fetch, sections 2.2.1
 * (CORS-safelisted method) and 2.2.2 (CORS-safelisted request-header), without the rules for rare values.
 * @param page the origin of the page that sends it
 */
export function preflightReasons({ url, method, headers }: Request, page: string): string[] {
  if (new URL(url).origin === page) return [];
  const unsafe = [...headers].filter((header) => !isSafelisted(header));
  return [...(safeMethods.has(method) ? [] : [method]), ...unsafe.map(([name, value]) => `${name}: ${value}`)];
}

function isSafelisted([name, value]: [string, string]): boolean {
  if (value.length > 128) return false;
  const [essence = ''] = value.toLowerCase().split(';');
  return name === 'content-type' ? safeTypes.has(essence.trim()) : safeHeaders.has(name);
}
