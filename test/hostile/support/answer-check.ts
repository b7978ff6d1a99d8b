import { valuesOf, type Answer } from '../../cross-origin/support/wire.js';
import type { GeneratedRequest } from './generated-requests.js';

interface DescribedResponse {
  headers?: Record<string, unknown>;
}

/** What the server refuses before it looks at the path: docs/reference/wire.md describes it once for all operations. */
const ofEveryPath = [304, 414, 417, 421, 431, 501];

const onEveryAnswer = [
  ...['x-request-id', 'date', 'vary', 'content-security-policy', 'x-content-type-options', 'x-frame-options'],
  ...['referrer-policy', 'cross-origin-resource-policy'],
];

const neverInABody =
  /node_modules|\bat \S+ \(|\.[jt]s:\d+|SELECT |INSERT INTO|QueryFailed|syntax error|passwordHash|\$2[aby]\$/;

/** What is wrong with an answer, beside what `RecordedResponses` finds: its body and its type. Empty when nothing is. */
export function findFaults(
  { method, body: sentBody }: GeneratedRequest,
  answer: Answer,
  documented: Record<string, DescribedResponse | undefined>,
): string[] {
  const { status, body } = answer;
  const faults: string[] = [];
  const has = (name: string) => valuesOf(answer, name).length === 1;
  const expectHeader = (name: string) => has(name) || faults.push(`has not exactly one ${name}`);
  if (status >= 500 && status !== 501) faults.push('is an error of the server');
  const refusesBody =
    (status === 413 || status === 415) && (method === 'GET' || method === 'HEAD') && sentBody !== undefined;
  if (documented[String(status)] === undefined && !ofEveryPath.includes(status) && !refusesBody)
    faults.push('is not documented');
  onEveryAnswer.forEach(expectHeader);
  for (const name of ['x-powered-by', 'server']) if (valuesOf(answer, name).length > 0) faults.push(`has ${name}`);
  const headers = Object.keys(documented[String(status)]?.headers ?? {});
  headers.filter((name) => name !== 'Link').forEach(expectHeader); // the last page has no Link
  if (status === 401 || status === 429) expectHeader(status === 401 ? 'www-authenticate' : 'retry-after');
  if (status >= 400 && valuesOf(answer, 'cache-control').join() !== 'private, no-store') faults.push('may be cached');
  if ((method === 'HEAD' || status === 204 || status === 304) && body !== '') faults.push('has a body');
  if (neverInABody.test(body)) faults.push('tells what is inside');
  return faults;
}
