import type { HeaderList } from '../rules/header-list.js';
import type { Finding } from './findings.js';

const SECRET = /^(?:cookie|set-cookie|authorization|proxy-authorization|x-api-key)$/i;

/** Headers for the report: the values of cookies and passwords are left out. */
export const redactHeaders = (headers: HeaderList): HeaderList =>
  headers.map(([name, value]) => [printable(name), printable(SECRET.test(name) ? redact(name, value) : value)]);

function redact(name: string, value: string): string {
  if (/^set-cookie$/i.test(name)) return value.replace(/^([^=;]*)=?[^;]*/, '$1=…');
  return /^cookie$/i.test(name) ? value.replace(/([^=;\s]+)=[^;]*/g, '$1=…') : '…';
}

/** What a hostile server sends may not control the terminal, or fill it. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/[\0-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069]/g, '\uFFFD');
  return clean.length > 500 ? `${clean.slice(0, 500)}… (${clean.length} characters)` : clean;
}

export function redactFinding(finding: Finding): Finding {
  const { exchange, detail } = finding;
  const shown = {
    ...finding,
    title: printable(finding.title),
    cure: printable(finding.cure),
    detail: detail && printable(detail),
  };
  if (!exchange) return shown;
  const { request, answer } = exchange;
  const safe = 'failure' in answer ? answer : { ...answer, headers: redactHeaders(answer.headers).slice(0, 60) };
  return { ...shown, exchange: { request: { ...request, headers: redactHeaders(request.headers) }, answer: safe } };
}
