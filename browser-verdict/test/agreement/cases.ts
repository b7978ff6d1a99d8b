import fc from 'fast-check';
import { answer, cookieLine, permission, preflight, weighted } from './answers.js';
import type { Again, Answer, Asking, Case, Headers, Hop, Place } from './case.js';

const requestHeaders = fc.subarray<[string, string]>(
  [
    ['X-Test', '1'],
    ['X-Other', '2'],
    ['Content-Type', 'application/json'],
    ['Accept-Language', 'de'],
    ['Authorization', 'Bearer x'],
    ['Range', 'bytes=0-'],
    ['DPR', '2'],
  ],
  { maxLength: 2 },
);
const credentials = weighted<'include' | 'same-origin' | 'omit'>([3, 'include'], [2, 'same-origin'], [1, 'omit']);
const methods = [
  [2, 'PUT'],
  [2, 'PATCH'],
  [1, 'DELETE'],
  [1, 'HEAD'],
  [1, 'patch'],
  [1, 'put'],
  [1, 'OPTIONS'],
] as const satisfies [number, string][];

const fetches = fc
  .record({
    method: weighted<string>([6, 'GET'], [3, 'POST'], ...methods),
    headers: fc.oneof(fc.constant<Headers>([]), requestHeaders),
    body: weighted<string | undefined>([1, undefined], [1, 'x=1']),
    mode: weighted<'cors' | 'no-cors' | 'same-origin'>([9, 'cors'], [3, 'no-cors'], [1, 'same-origin']),
    credentials,
    redirect: weighted<'follow' | 'error' | 'manual'>([10, 'follow'], [1, 'error'], [1, 'manual']),
  })
  .map(({ body, ...init }): Asking => ({
    kind: 'fetch',
    init: /^(?:get|head)$/i.test(init.method) || body === undefined ? init : { ...init, body },
  }));

const askings = fc.oneof(
  { weight: 11, arbitrary: fetches },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('text/plain', 'application/json', null)
      .map((type): Asking => ({ kind: 'beacon', type })),
  },
  { weight: 2, arbitrary: fc.boolean().map((withCredentials): Asking => ({ kind: 'event-source', withCredentials })) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('image', 'script'),
      crossorigin: weighted<'anonymous' | 'use-credentials' | null>(
        [2, null],
        [1, 'anonymous'],
        [1, 'use-credentials'],
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: weighted<'GET' | 'POST'>([1, 'GET'], [2, 'POST']).map((method): Asking => ({ kind: 'form', method })),
  },
  { weight: 1, arbitrary: fc.constant<Asking>({ kind: 'link' }) },
);

/** The second request is the same, or differs in what the preflight cache looks at. */
const again = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Again | null>(null) },
  { weight: 2, arbitrary: fc.constant<Again | null>({}) },
  { weight: 1, arbitrary: credentials.map((mode): Again | null => ({ credentials: mode })) },
  { weight: 1, arbitrary: fc.constantFrom('PUT', 'PATCH', 'DELETE').map((method): Again | null => ({ method })) },
  { weight: 1, arbitrary: requestHeaders.map((headers): Again | null => ({ headers })) },
);

const hop = (statuses: fc.Arbitrary<number>): fc.Arbitrary<Hop> =>
  fc.record({
    place: weighted<Place>([2, 'page'], [5, 'sibling'], [5, 'foreign'], [1, 'other']),
    scheme: weighted<'http' | 'https'>([6, 'https'], [1, 'http']),
    userInfo: weighted([15, false], [1, true]),
    preflight,
    answer: answer(statuses),
  });

/** Any case. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    scheme: weighted<'http' | 'https'>([8, 'https'], [1, 'http']),
    cookies: fc.tuple(weighted([2, true], [1, false]), cookieLine('s')).map(([has, line]) => (has ? [line] : [])),
    asking: askings,
    redirects: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Hop[]>([]) },
      {
        weight: 1,
        arbitrary: fc.array(hop(weighted([1, 301], [1, 302], [1, 303], [1, 307], [1, 308])), {
          minLength: 1,
          maxLength: 2,
        }),
      },
    ),
    last: hop(weighted([8, 200], [1, 404], [1, 500])),
    again,
    blockThirdParty: weighted([2, false], [1, true]),
    permission: fc.option(permission),
  })
  .map(({ redirects, last, permission: permitting, ...rest }) => ({
    ...rest,
    hops: [...redirects, last].map((each, index) => (index === 0 ? first(each, rest.again && permitting) : each)),
  }))
  .map(sensible);

/** The URL of a page has no user name. To fill the preflight cache, most preflights have to be permitted. */
const first = (hop: Hop, permitting: Answer | null): Hop => ({
  ...hop,
  userInfo: false,
  preflight: permitting ?? hop.preflight,
});

/** An image and a script need an answer that they can use; a form or a link is asked once. */
function sensible(given: Case): Case {
  const { kind } = given.asking;
  const isElement = kind === 'image' || kind === 'script';
  const hops = given.hops.map((each, index) => {
    const isLast = index === given.hops.length - 1;
    const status = isLast && isElement ? 200 : each.answer.status;
    return { ...each, answer: { ...each.answer, status } };
  });
  return { ...given, hops, again: kind === 'fetch' ? given.again : null };
}
