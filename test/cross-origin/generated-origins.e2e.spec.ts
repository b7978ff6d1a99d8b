import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AllowedOrigins } from '../../src/cross-origin/allowed-origins.js';
import { startApi, type Api } from '../support/api.js';
import { accessControl, send, valuesOf } from './support/wire.js';

const configured = 'https://app.example.com';

let api: Api;
beforeAll(async () => (api = await startApi({ API_URL: 'https://api.example.com', FRONTEND_URL: configured })));
afterAll(() => api.close());

const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const host = fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => [...labels, 'example.com'].join('.'));
const port = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.integer({ min: 1_024, max: 65_535 }).map((n) => `:${n}`),
);
const exact = fc
  .tuple(fc.constantFrom('https', 'http'), host, port)
  .map(([scheme, name, end]) => `${scheme}://${name}${end}`);
const pattern = fc.tuple(host, port).map(([name, end]) => `https://*.${name}${end}`);
const list = fc.array(fc.oneof(exact, pattern), { minLength: 1, maxLength: 5 });

/** What a header may hold: anything visible, and bytes beyond ASCII. */
const piece = fc.stringMatching(/^[!-~\x80-\xff]{1,6}$/);
type Change = (origin: string) => string;
const changes: fc.Arbitrary<Change> = fc.oneof(
  piece.map(
    (text): Change =>
      (origin) =>
        origin + text,
  ),
  piece.map(
    (text): Change =>
      (origin) =>
        text + origin,
  ),
  piece.map(
    (text): Change =>
      (origin) =>
        origin.replace('//', `//${text}`),
  ),
  label.map(
    (text): Change =>
      (origin) =>
        origin.replace('//', `//${text}.`),
  ),
  label.map(
    (text): Change =>
      (origin) =>
        origin.replace('.', `.${text}`),
  ),
  fc.tuple(fc.nat(60), piece).map(
    ([at, text]): Change =>
      (origin) =>
        origin.slice(0, at) + text + origin.slice(at + 1),
  ),
  fc.nat(60).map(
    (at): Change =>
      (origin) =>
        origin.slice(0, at) + origin.slice(at + 1),
  ),
  fc.nat(60).map(
    (at): Change =>
      (origin) =>
        origin.slice(0, at) + (origin[at] ?? '').toUpperCase() + origin.slice(at + 1),
  ),
  fc.constantFrom<Change>(
    (origin) => origin,
    (origin) => `${origin}.evil.example`,
    (origin) => `${origin}@evil.example`,
    (origin) => `https://evil.example/${origin}`,
    (origin) => origin.replace('https:', 'http:'),
    (origin) => origin.replaceAll('.', '-'),
    (origin) => `${origin}, ${origin}`,
    (origin) => `${origin}/`,
    (origin) => `${origin}:443`,
  ),
);
const unrelated = fc.oneof(
  fc.webUrl(),
  fc.domain().map((name) => `https://${name}`),
  piece,
  fc.constant('null'),
);

/** As the documentation has it, written down a second time: label by label, without any of the code under test. */
function isListed(origin: string, entries: string[]): boolean {
  return entries.some((entry) => {
    const [before = '', after] = entry.split('*');
    if (after === undefined) return origin === entry;
    const between = origin.slice(before.length, -after.length);
    const isFramed = origin === before + between + after;
    return (
      isFramed && between.split('.').every((part) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(part) && part.length < 64)
    );
  });
}

const generated = fc
  .tuple(list, changes, unrelated, fc.nat(), label, fc.boolean())
  .map(([entries, change, stranger, index, name, isStranger]) => ({
    entries,
    origin: isStranger ? stranger : change((entries[index % entries.length] ?? '').replace('*', name)),
  }));

it('answers none of the generated origins with CORS headers but those of the list, and each of those', async () => {
  const policy = api.app.get(AllowedOrigins);
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(generated, async ({ entries, origin }) => {
      policy.setStored(entries);
      const isAllowed = isListed(origin, [configured, ...entries]);
      allowed += Number(isAllowed);
      const preflight = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
      for (const sent of [{ path: '/nothing' }, { path: '/posts', method: 'OPTIONS', headers: preflight }]) {
        const answer = await send(api, { headers: { Origin: origin }, ...sent });
        expect(valuesOf(answer, 'access-control-allow-origin')).toEqual(isAllowed ? [origin] : []);
        if (!isAllowed) expect(accessControl(answer)).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
  policy.setStored([]);
  expect(allowed).toBeGreaterThan(5); // Else the generator says nothing about the list.
});
