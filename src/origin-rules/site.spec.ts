import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OriginList } from './origin-list.js';
import { siteWarnings } from './site-warnings.js';
import { findSiteMistakes, relate } from './site.js';

const development = { production: false };
const production = { production: true };

const pairs: [api: string, frontend: string, relation: string][] = [
  // One origin
  ['https://example.com', 'https://example.com', 'same-origin'],
  ['https://example.com/api', 'https://example.com', 'same-origin'],
  ['https://example.com/api/', 'https://example.com', 'same-origin'],
  ['http://localhost:3000', 'http://localhost:3000', 'same-origin'],
  ['http://[::1]:3000', 'http://[::1]:3000', 'same-origin'],
  // One registrable domain; ports do not matter
  ['https://api.example.com', 'https://app.example.com', 'same-site'],
  ['https://api.example.com', 'https://example.com', 'same-site'],
  ['https://example.com', 'https://example.com:8443', 'same-site'],
  ['https://api.example.com', 'https://a.b.c.example.com', 'same-site'],
  ['https://api.example.co.uk', 'https://app.example.co.uk', 'same-site'],
  ['https://api.my-app.vercel.app', 'https://my-app.vercel.app', 'same-site'],
  ['https://api.example.com', 'https://*.example.com', 'same-site'],
  ['https://example.com', 'https://*.app.example.com', 'same-site'],
  ['https://api.example.com', 'https://pr-*.example.com', 'same-site'],
  ['https://api.my-app.vercel.app', 'https://*.my-app.vercel.app', 'same-site'],
  ['http://api.example.com', 'http://app.example.com', 'same-site'],
  ['https://xn--bcher-kva.example', 'https://www.xn--bcher-kva.example', 'same-site'],
  // One host
  ['http://localhost:3000', 'http://localhost:5173', 'same-site'],
  ['http://localhost:3000/api', 'http://localhost', 'same-site'],
  ['https://localhost:3000', 'https://localhost:5173', 'same-site'],
  ['http://app.localhost:3000', 'http://app.localhost:5173', 'same-site'],
  ['http://api.app.localhost:3000', 'http://app.localhost:5173', 'same-site'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:5173', 'same-site'],
  ['http://[::1]:3000', 'http://[::1]:5173', 'same-site'],
  ['http://192.168.1.5:3000', 'http://192.168.1.5:5173', 'same-site'],
  ['https://vercel.app', 'https://vercel.app:8443', 'same-site'],
  ['http://my-laptop:3000', 'http://my-laptop:5173', 'same-site'],
  // Across sites, over https
  ['https://api.example.com', 'https://app.example.org', 'cross-site'],
  ['https://api.example.com', 'https://example.com.evil.com', 'cross-site'],
  ['https://example.com', 'https://evilexample.com', 'cross-site'],
  ['https://a.co.uk', 'https://b.co.uk', 'cross-site'],
  ['https://my-api.vercel.app', 'https://my-app.vercel.app', 'cross-site'],
  ['https://my-api.onrender.com', 'https://my-app.netlify.app', 'cross-site'],
  ['https://my-api.herokuapp.com', 'https://me.github.io', 'cross-site'],
  ['https://my-api.pages.dev', 'https://my-app.pages.dev', 'cross-site'],
  ['https://vercel.app', 'https://my-app.vercel.app', 'cross-site'],
  ['https://api.example.com', 'https://my-app-*-my-team.vercel.app', 'cross-site'],
  ['https://my-app-any-my-team.vercel.app', 'https://my-app-*-my-team.vercel.app', 'cross-site'],
  ['https://api.example.com', 'https://*.example.org', 'cross-site'],
  ['https://192.0.2.1', 'https://192.0.2.2', 'cross-site'],
  ['https://localhost:3000', 'https://127.0.0.1:5173', 'cross-site'],
  ['https://localhost:3000', 'https://app.localhost:5173', 'cross-site'],
  ['https://[::1]:3000', 'https://localhost:5173', 'cross-site'],
  // Across schemes, from http to https
  ['https://api.example.com', 'http://localhost:5173', 'cross-site'],
  ['https://api.example.com', 'http://app.example.com', 'cross-site'],
  ['https://localhost:3000', 'http://localhost:5173', 'cross-site'],
];

type Impossible = [api: string, frontend: string, code: string, key: string, suggestion: string];

const impossible: Impossible[] = [
  ['http://127.0.0.1:3000', 'http://localhost:5173', 'loopback-mismatch', 'API_URL', 'http://localhost:3000'],
  ['http://localhost:3000', 'http://127.0.0.1:5173', 'loopback-mismatch', 'API_URL', 'http://127.0.0.1:3000'],
  ['http://localhost:3000/api', 'http://[::1]:5173', 'loopback-mismatch', 'API_URL', 'http://[::1]:3000/api'],
  ['http://localhost:3000', 'http://app.localhost:5173', 'loopback-mismatch', 'API_URL', 'http://app.localhost:3000'],
  ['http://a.localhost:3000', 'http://b.localhost:5173', 'loopback-mismatch', 'API_URL', 'http://b.localhost:3000'],
  ['http://127.0.0.1:3000', 'http://127.0.0.2:5173', 'loopback-mismatch', 'API_URL', 'http://127.0.0.2:3000'],
  ['http://localhost:3000', 'http://192.168.1.5:5173', 'cross-site-over-http', 'API_URL', 'http://192.168.1.5:3000'],
  ['http://192.168.1.5:3000', 'http://localhost:5173', 'cross-site-over-http', 'API_URL', 'http://localhost:3000'],
  ['http://api.example.com', 'http://localhost:5173', 'cross-site-over-http', 'API_URL', 'https://api.example.com'],
  ['http://api.example.com', 'http://app.example.org', 'cross-site-over-http', 'API_URL', 'https://api.example.com'],
  ['http://api.example.com/v1', 'https://app.example.com', 'mixed-content', 'API_URL', 'https://api.example.com/v1'],
  ['http://example.com', 'https://example.com', 'mixed-content', 'API_URL', 'https://example.com'],
  ['http://api.example.com:8080', 'https://a.example.org', 'mixed-content', 'API_URL', 'https://api.example.com:8080'],
  ['http://api.example.com', 'https://*.example.com', 'mixed-content', 'API_URL', 'https://api.example.com'],
  ['http://api.example.com', 'https://my-app-*-t.vercel.app', 'mixed-content', 'API_URL', 'https://api.example.com'],
  ['http://localhost:3000', 'https://localhost:5173', 'mixed-content', 'API_URL', 'https://localhost:3000'],
  ['http://localhost:3000/v1', 'https://app.example.com', 'mixed-content', 'API_URL', 'https://api.example.com/v1'],
  ['http://localhost:3000', 'https://*.example.com', 'mixed-content', 'API_URL', 'https://api.example.com'],
  ['http://localhost:3000', 'https://my-app.vercel.app', 'mixed-content', 'API_URL', 'https://localhost:3000'],
];

/** All that is said about an API and its frontends. */
function check(api: string, frontends: readonly string[], options: { production: boolean }) {
  const mistakes = findSiteMistakes(api, frontends, options);
  return { mistakes, warnings: mistakes.length > 0 ? [] : siteWarnings(new URL(api), frontends, options) };
}

const warningsOf = ({ warnings }: ReturnType<typeof check>) => warnings.join('\n');
const mistakesOf = ({ mistakes }: ReturnType<typeof check>) => mistakes;

describe('relate and findSiteMistakes', () => {
  it.each(pairs)('%s is, for %s, %s', (api, frontend, relation) => {
    expect(relate(api, frontend)).toBe(relation);
    expect(mistakesOf(check(api, [frontend], development))).toEqual([]);
  });

  it.each(impossible)('%s cannot work for %s: %s; %s=%s would', (...[api, frontend, code, key, suggestion]) => {
    const [mistake] = mistakesOf(check(api, [frontend], development));
    expect(mistake).toMatchObject({ code, key, entry: api, suggestion });
    expect(mistake?.cause).toContain(frontend);
    expect(mistakesOf(check(suggestion, [frontend], development))).toEqual([]);
  });
});

describe('findSiteMistakes', () => {
  it('finds neither mistakes nor warnings without frontends', () => {
    expect(check('https://api.example.com', [], production)).toEqual({ mistakes: [], warnings: [] });
  });

  it('warns of what browsers do to cookies across sites, and names the cure', () => {
    const warnings = warningsOf(check('https://api.example.com', ['https://app.example.org'], production));
    expect(warnings).toMatch(
      /^Safari, on pages of https:\/\/app\.example\.org: .* drops such cookies\. .*one registrable/,
    );
    expect(warnings).toMatch(/\nChromium and Firefox keep the cookies apart .* https:\/\/app\.example\.org\.$/);
  });

  it('names the public suffix that two names have in common', () => {
    const warnings = warningsOf(check('https://my-api.vercel.app', ['https://my-app.vercel.app'], production));
    expect(warnings).toContain('vercel.app is a public suffix');
  });

  it('names only some of many frontends', () => {
    const many = Array.from({ length: 50 }, (_, i) => `https://site${i}.example`);
    expect(warningsOf(check('https://api.example.com', many, production))).toMatch(/site2\.example and 47 more/);
  });

  it('points native apps to tokens, also beside an API on plain http', () => {
    for (const api of ['https://api.example.com', 'http://localhost:3000']) {
      const result = check(api, ['capacitor://localhost'], development);
      expect(mistakesOf(result)).toEqual([]);
      expect(warningsOf(result)).toMatch(/^Pages of capacitor:\/\/localhost keep no cookies .* tokens\.$/);
    }
  });

  it('warns of a loopback origin beside public ones in production', () => {
    const frontends = ['https://app.example.com', 'http://localhost:5173'];
    expect(warningsOf(check('https://api.example.com', frontends, production))).toContain(
      'any program on the computer',
    );
    expect(warningsOf(check('https://api.example.com', frontends, development))).not.toContain('any program');
    expect(warningsOf(check('http://localhost:3000', ['http://localhost:5173'], production))).toBe('');
  });

  it('says that the scheme alone makes another site', () => {
    const warnings = warningsOf(check('https://localhost:3000', ['http://localhost:5173'], development));
    expect(warnings).toContain('Over plain http, http://localhost:5173 can be no site of an https API');
  });

  it('mends a frontend where no single API would do for all', () => {
    const frontends = ['http://localhost:5173', 'http://127.0.0.1:5173'];
    expect(mistakesOf(check('http://localhost:3000', frontends, development))).toMatchObject([
      { code: 'loopback-mismatch', key: 'FRONTEND_URL', entry: frontends[1], suggestion: 'http://localhost:5173' },
    ]);
  });

  it('tells every frontend that cannot work', () => {
    const frontends = ['https://a.example.com', 'http://localhost:5173', 'https://b.example.com'];
    const mistakes = mistakesOf(check('http://localhost:3000', frontends, production));
    expect(mistakes.map(({ code }) => code)).toEqual(['mixed-content', 'mixed-content']);
  });

  it.each([[], ['http://app.example.com'], ['https://app.example.com']])(
    'refuses an API on plain http in production, for frontends %j',
    (...frontends) => {
      expect(mistakesOf(check('http://api.example.com/v1', frontends, production))).toMatchObject([
        { code: 'insecure-api', key: 'API_URL', suggestion: 'https://api.example.com/v1' },
      ]);
    },
  );

  it('warns of an API on plain http in development, loopback excepted', () => {
    expect(warningsOf(check('http://192.168.1.5:3000', [], development))).toContain('plain http');
    expect(warningsOf(check('http://localhost:3000', ['http://localhost:5173'], development))).toBe('');
    expect(mistakesOf(check('http://localhost:3000', ['http://localhost:5173'], production))).toEqual([]);
  });

  it.each([
    ['', 'empty-entry', undefined],
    ['api.example.com', 'missing-scheme', 'https://api.example.com'],
    ['localhost:3000', 'missing-scheme', 'http://localhost:3000'],
    ['https://API.example.com/v1', 'upper-case', 'https://api.example.com/v1'],
    ['https://api.example.com/v1?x=1', 'query', 'https://api.example.com/v1'],
    ['https://api.example.com:443/v1', 'default-port', 'https://api.example.com/v1'],
    ['https://me:secret@api.example.com', 'user-info', 'https://api.example.com'],
    ['https://*.example.com', 'api-url-pattern', undefined],
    ['https://api.example.com/a;b', 'api-url-path', 'https://api.example.com'],
    ['https://api.example.com/a%20b', 'api-url-path', 'https://api.example.com'],
    ['ftp://api.example.com', 'unsupported-scheme', 'https://api.example.com'],
  ])('refuses the API %j: %s; %j would work', (api, code, suggestion) => {
    expect(mistakesOf(check(api, [], production))).toMatchObject([{ code, key: 'API_URL', entry: api, suggestion }]);
  });

  it('never suggests what would not work, and never throws', () => {
    const scheme = fc.constantFrom('http://', 'https://', '');
    const host = fc.constantFrom(
      'localhost',
      'a.localhost',
      '127.0.0.1',
      '[::1]',
      '10.0.0.1',
      'a.com',
      'b.a.com',
      'x.vercel.app',
    );
    const port = fc.constantFrom('', ':80', ':443', ':3000');
    const address = fc.tuple(scheme, host, port).map((parts) => parts.join(''));
    const frontend = fc.oneof(address, fc.constantFrom('https://*.a.com', 'https://my-app-*.vercel.app'));
    const api = fc.oneof(
      fc.tuple(address, fc.constantFrom('', '/', '/v1', '/a b', '?')).map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(api, fc.array(frontend, { maxLength: 3 }), fc.boolean(), (apiUrl, entries, strict) => {
        const accepted = OriginList.parse(entries, { production: strict, previews: true }).origins.entries;
        for (const { key, entry, suggestion } of mistakesOf(check(apiUrl, accepted, { production: strict }))) {
          if (suggestion === undefined) continue;
          const [mended, pages] = key === 'API_URL' ? [suggestion, accepted] : [apiUrl, [suggestion]];
          expect([entry, ...mistakesOf(check(mended, pages, { production: strict }))]).toEqual([entry]);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
