import fc from 'fast-check';
import type { Answer, Headers } from './case.js';

/** One of these values, the more often the higher its weight. */
export const weighted = <T>(...choices: [weight: number, value: T][]) =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
const header = (name: string, ...choices: [weight: number, value: string | null][]) =>
  weighted(...choices).map((value): Headers => (value === null ? [] : [[name, value]]));
const together = (...parts: fc.Arbitrary<Headers>[]) => fc.tuple(...parts).map((each) => each.flat());

const allowOrigin = fc.oneof(
  {
    weight: 19,
    arbitrary: header(
      'Access-Control-Allow-Origin',
      [12, '$page'],
      [3, '*'],
      [1, null],
      [1, 'null'],
      [1, '$page/'],
      [1, '$page, $page'],
      [1, 'https://x.example.org'],
      [1, 'app.example.com'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Headers>([
      ['Access-Control-Allow-Origin', '$page'],
      ['Access-Control-Allow-Origin', '$page'],
    ]),
  },
);
const allowCredentials = header('Access-Control-Allow-Credentials', [9, 'true'], [2, null], [1, 'TRUE'], [1, 'false']);

const maxAge = header('Access-Control-Max-Age', [2, null], [3, '600'], [1, '0'], [1, '-1'], [1, 'abc']);

/** What a server answers to a preflight. */
export const preflight: fc.Arbitrary<Answer> = fc.record({
  status: weighted([12, 204], [6, 200], [1, 403], [1, 404], [1, 500], [1, 299], [1, 301], [1, 307]),
  headers: together(
    allowOrigin,
    allowCredentials,
    header(
      'Access-Control-Allow-Methods',
      [10, 'PUT, PATCH, DELETE, OPTIONS'],
      [2, '*'],
      [1, null],
      [1, 'put, patch'],
      [1, 'GET,,PUT,'],
      [1, 'PUT PATCH'],
    ),
    header(
      'Access-Control-Allow-Headers',
      [10, 'x-test, content-type, Authorization, X-Other, range'],
      [2, '*'],
      [1, null],
      [1, '*, authorization'],
      [1, 'X-TEST'],
      [1, 'x test'],
    ),
    maxAge,
  ),
});

/** The answer to a preflight that permits most. */
export const permission: fc.Arbitrary<Answer> = maxAge.map((age) => ({
  status: 204,
  headers: [
    ['Access-Control-Allow-Origin', '$page'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', 'PUT, DELETE, patch'],
    ['Access-Control-Allow-Headers', 'x-test, content-type, authorization'],
    ...age,
  ],
}));

export const cookieLine = (name: string) =>
  fc
    .tuple(
      weighted([6, ''], [1, '__Host-'], [1, '__Secure-'], [1, '__Http-']),
      weighted([3, ''], [3, '; SameSite=Lax'], [2, '; SameSite=Strict'], [6, '; SameSite=None'], [1, '; SameSite=Foo']),
      weighted([3, '; Secure'], [1, '']),
      weighted([3, ''], [1, '; HttpOnly']),
      weighted([3, ''], [2, '; Partitioned']),
      weighted([6, '; Path=/'], [1, ''], [1, '; Path=/elsewhere']),
      weighted([6, ''], [1, '; Domain=$domain'], [1, '; Domain=example.org']),
    )
    .map(([prefix, ...attributes]) => `${prefix}${name}=1${attributes.join('')}`);

/** What a server answers to the request itself. */
export const answer = (statuses: fc.Arbitrary<number>): fc.Arbitrary<Answer> =>
  fc.record({
    status: statuses,
    headers: together(
      allowOrigin,
      allowCredentials,
      header(
        'Access-Control-Expose-Headers',
        [3, null],
        [2, '*'],
        [2, 'X-Seen'],
        [1, 'X-Seen, X-Hidden'],
        [1, 'x seen'],
      ),
      header('Cross-Origin-Resource-Policy', [8, null], [1, 'same-origin'], [1, 'same-site'], [1, 'cross-origin']),
      fc.oneof(
        { weight: 1, arbitrary: fc.constant<Headers>([]) },
        { weight: 1, arbitrary: cookieLine('m').map((line): Headers => [['Set-Cookie', line]]) },
      ),
    ),
  });
