import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OriginList } from './origin-list.js';
import { decideSite, relate, type SiteDecision } from './site.js';

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

const warningsOf = (decision: SiteDecision) => (decision.relation === 'impossible' ? [] : decision.warnings).join('\n');
const mistakesOf = (decision: SiteDecision) => (decision.relation === 'impossible' ? decision.mistakes : []);

describe('relate and decideSite', () => {
  it.each(pairs)('%s is, for %s, %s', (api, frontend, relation) => {
    expect(relate(api, frontend)).toBe(relation);
    expect(decideSite(api, [frontend], development).relation).toBe(relation);
  });

  it.each(impossible)('%s cannot work for %s: %s; %s=%s would', (...[api, frontend, code, key, suggestion]) => {
    const [mistake] = mistakesOf(decideSite(api, [frontend], development));
    expect(mistake).toMatchObject({ code, key, entry: api, suggestion });
    expect(mistake?.cause).toContain(frontend);
    expect(decideSite(suggestion, [frontend], development).relation).not.toBe('impossible');
  });

  it('covers at least 40 pairs', () => expect(pairs.length + impossible.length).toBeGreaterThanOrEqual(40));
});

describe('decideSite', () => {
  it('finds one origin, and no mistakes, without frontends', () => {
    expect(decideSite('https://api.example.com', [], production)).toEqual({ relation: 'same-origin', warnings: [] });
  });

  it('lets the widest relation win', () => {
    const frontends = ['https://example.com', 'https://app.example.com'];
    expect(decideSite('https://example.com', frontends, production)).toEqual({ relation: 'same-site', warnings: [] });
    const wider = [...frontends, 'https://example.org'];
    expect(decideSite('https://example.com', wider, production).relation).toBe('cross-site');
  });

  it('warns of what browsers do to cookies across sites, and names the cure', () => {
    const warnings = warningsOf(decideSite('https://api.example.com', ['https://app.example.org'], production));
    expect(warnings).toMatch(/https:\/\/app\.example\.org Safari drops .* Firefox partitions/);
    expect(warnings).toMatch(/one registrable domain.*reverse proxy/);
  });

  it('names the public suffix that two names have in common', () => {
    const warnings = warningsOf(decideSite('https://my-api.vercel.app', ['https://my-app.vercel.app'], production));
    expect(warnings).toContain('vercel.app is a public suffix');
  });

  it('names only some of many frontends', () => {
    const many = Array.from({ length: 50 }, (_, i) => `https://site${i}.example`);
    expect(warningsOf(decideSite('https://api.example.com', many, production))).toMatch(/site2\.example and 47 more/);
  });

  it('says that the scheme alone makes another site', () => {
    const warnings = warningsOf(decideSite('https://localhost:3000', ['http://localhost:5173'], development));
    expect(warnings).toContain('Over plain http, http://localhost:5173 can be no site of an https API');
  });

  it('mends a frontend where no single API would do for all', () => {
    const frontends = ['http://localhost:5173', 'http://127.0.0.1:5173'];
    expect(mistakesOf(decideSite('http://localhost:3000', frontends, development))).toMatchObject([
      { code: 'loopback-mismatch', key: 'FRONTEND_URL', entry: frontends[1], suggestion: 'http://localhost:5173' },
    ]);
  });

  it('tells every frontend that cannot work', () => {
    const frontends = ['https://a.example.com', 'http://localhost:5173', 'https://b.example.com'];
    const mistakes = mistakesOf(decideSite('http://localhost:3000', frontends, production));
    expect(mistakes.map(({ code }) => code)).toEqual(['mixed-content', 'mixed-content']);
  });

  it.each([[], ['http://app.example.com'], ['https://app.example.com']])(
    'refuses an API on plain http in production, for frontends %j',
    (...frontends) => {
      expect(mistakesOf(decideSite('http://api.example.com/v1', frontends, production))).toMatchObject([
        { code: 'insecure-api', key: 'API_URL', suggestion: 'https://api.example.com/v1' },
      ]);
    },
  );

  it('warns of an API on plain http in development, loopback excepted', () => {
    expect(warningsOf(decideSite('http://192.168.1.5:3000', [], development))).toContain('plain http');
    expect(warningsOf(decideSite('http://localhost:3000', ['http://localhost:5173'], development))).toBe('');
    expect(decideSite('http://localhost:3000', ['http://localhost:5173'], production).relation).toBe('same-site');
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
    expect(mistakesOf(decideSite(api, [], production))).toMatchObject([
      { code, key: 'API_URL', entry: api, suggestion },
    ]);
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
        for (const { key, entry, suggestion } of mistakesOf(decideSite(apiUrl, accepted, { production: strict }))) {
          if (suggestion === undefined) continue;
          const [mended, pages] = key === 'API_URL' ? [suggestion, accepted] : [apiUrl, [suggestion]];
          expect([entry, ...mistakesOf(decideSite(mended, pages, { production: strict }))]).toEqual([entry]);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
