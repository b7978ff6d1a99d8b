import { BrowserSession, fetchRequest, judge } from 'browser-verdict';
import type { IncomingMessage } from 'node:http';

/** Where `docs/reasons/README.md` lists the codes of Chromium and the words of each browser. */
const pages = 'docs/reasons';

/** The page on what browsers make of this preflight, once it is answered 403 without CORS headers. */
export function pageOnRefusal({ headers, url = '/' }: IncomingMessage, apiUrl: URL): string {
  const { origin = 'null', 'access-control-request-method': method } = headers;
  const call = fetchRequest(apiUrl.origin + url, { method, headers: { 'Content-Type': 'application/json' } });
  const { reason } = judge(new BrowserSession('chromium'), { origin }, call, () => ({ status: 403, headers: [] }));
  return reason === undefined ? `${pages}/README.md` : `${pages}/${reason.code}.md`;
}
