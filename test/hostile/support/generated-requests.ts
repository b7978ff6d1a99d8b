import fc from 'fast-check';
import { Arbitraries, hostileText, hostileValue, type Schema } from './arbitraries.js';

/** Who sends a request. */
export const actors = ['visitor', 'user', 'admin'] as const;
export type Actor = (typeof actors)[number];

export interface GeneratedRequest {
  /** As in `GET /posts/{id}`. */
  operation: string;
  actor: Actor;
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

/** What is read of an operation. */
export interface DescribedOperation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const encode = (value: unknown) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) as string | undefined);
  return encodeURIComponent((text ?? '').toWellFormed());
};

const invalidEscapes = ['%', '%zz', '%ff', '%00', '%C0%AE', '%E0%A4%A', '%u0041'];

/** Valid, boundary and hostile requests for one operation. */
export function requestsFor(
  name: string,
  operation: DescribedOperation,
  arbitraries: Arbitraries,
): fc.Arbitrary<GeneratedRequest> {
  const [method = '', template = ''] = name.split(' ');
  const parameters = operation.parameters ?? [];
  const target = targetOf(template, parameters, arbitraries);
  const body = bodyOf(operation, arbitraries);
  return fc
    .record({ actor: fc.constantFrom(...actors), target, sent: body, extra: headers })
    .map(({ actor, target: path, sent, extra }) => ({
      operation: name,
      actor,
      method: method === 'GET' && extra['X-Head'] !== undefined ? 'HEAD' : method,
      path,
      headers: { ...extra, ...sent.headers },
      ...(sent.bytes !== undefined && { body: sent.bytes }),
    }));
}

function targetOf(template: string, parameters: Parameter[], arbitraries: Arbitraries): fc.Arbitrary<string> {
  const inPath = parameters
    .filter((each) => each.in === 'path')
    .map((each) => fc.tuple(fc.constant(each.name), segment(arbitraries.valid(each.schema ?? {}, each.name))));
  const inQuery = parameters
    .filter((each) => each.in === 'query')
    .map((each) => {
      const value = mostly(arbitraries.valid(each.schema ?? {}, each.name), hostileValue);
      // With every other optional parameter, hardly any request would be one that succeeds.
      const [present, absent] = each.required === true ? [19, 1] : [1, 3];
      return fc.oneof(
        { arbitrary: fc.tuple(fc.constant(each.name), value), weight: present },
        { arbitrary: fc.constant(undefined), weight: absent },
      );
    });
  const surplus = fc.option(
    fc.tuple(fc.oneof(hostileText, fc.constantFrom('limit', 'sort', 'limit[]', 'a[b][c]')), hostileText),
    {
      nil: undefined,
      freq: 10,
    },
  );
  const escape = fc.option(fc.constantFrom(...invalidEscapes), { nil: '', freq: 40 });
  return fc
    .tuple(fc.tuple(...inPath), fc.tuple(...inQuery), surplus, escape)
    .map(([segments, query, more, invalid]) => {
      const path = segments.reduce((text, [name, value]) => text.replace(`{${name}}`, value), template);
      const pairs = [...query, more].filter((pair) => pair !== undefined);
      const search = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
      return `${path}${search === '' && invalid === '' ? '' : `?${search}${invalid}`}`;
    });
}

const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: usual, weight: 5 }, { arbitrary: other, weight: 1 });

/** A segment of a path: one that exists, one of the schema, or a hostile one. */
function segment(valid: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constantFrom('«id»', '«session»'), weight: 5 },
    { arbitrary: valid.map((value) => encode(value) || '%20'), weight: 2 },
    { arbitrary: hostileText.map((text) => encode(text) || '%20'), weight: 2 },
    { arbitrary: fc.constantFrom(...invalidEscapes, '.', '..', '1;a=b'), weight: 1 },
  );
}

interface SentBody {
  headers: Record<string, string>;
  bytes?: Buffer;
}

const json = { 'Content-Type': 'application/json' };

function bodyOf({ requestBody }: DescribedOperation, arbitraries: Arbitraries): fc.Arbitrary<SentBody> {
  const schema = requestBody?.content['application/json']?.schema;
  const none = fc.constant<SentBody>({ headers: {} });
  if (schema === undefined) return fc.oneof({ arbitrary: none, weight: 9 }, { arbitrary: hostileBody, weight: 1 });
  return fc.oneof(
    { arbitrary: arbitraries.valid(schema).map(asJson), weight: 5 },
    { arbitrary: arbitraries.broken(schema).map(asJson), weight: 4 },
    { arbitrary: hostileBody, weight: 2 },
    { arbitrary: none, weight: 1 },
  );
}

const asJson = (value: unknown): SentBody => ({ headers: json, bytes: Buffer.from(JSON.stringify(value)) });

const hostileBody: fc.Arbitrary<SentBody> = fc.oneof(
  hostileValue.map(asJson),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ headers: json, bytes: Buffer.from(bytes) })),
  fc
    .constantFrom(
      '{',
      '[',
      '{"a":1,}',
      '{"__proto__":{"a":1}}',
      '{"title":"a","title":"b"}',
      '\ufeff{}',
      '[1',
      '"',
      'nul',
    )
    .map((text) => ({ headers: json, bytes: Buffer.from(text) })),
  fc
    .constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=latin1',
      'x',
    )
    .map((type) => ({ headers: { 'Content-Type': type }, bytes: Buffer.from('{}') })),
  fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'x').map((coding) => ({
    headers: { ...json, 'Content-Encoding': coding },
    bytes: Buffer.from('{}'),
  })),
  fc.constant({ headers: json, bytes: Buffer.alloc(20_000, ' ') }),
);

/** Sometimes one more header. */
const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 6 },
  {
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'X-Head': '1' },
      { Accept: 'text/html' },
      { Accept: 'application/json;q=0' },
      { Accept: ',;=' },
      { Origin: 'http://localhost:5173', 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null' },
      { Origin: 'x'.repeat(500) },
      { 'Sec-Fetch-Site': '' },
      { 'X-Request-Id': 'a'.repeat(200) },
      { 'If-None-Match': '*' },
      { 'If-Match': '"x"' },
      { Range: 'bytes=0-1' },
      { 'X-HTTP-Method-Override': 'DELETE' },
      { 'X-Forwarded-For': '1.2.3.4, x', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' },
      { Cookie: 'Authentication=x; Refresh=%zz' },
      { Cookie: 'Authentication=a; Authentication=b' },
      { Authorization: 'Bearer x' },
      { 'Accept-Language': 'x'.repeat(2_000) },
      { Expect: '100-continue' },
    ),
    weight: 2,
  },
);
