import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLoopback } from 'browser-verdict';
import { parseOrigin } from './origin-syntax.js';

const development = { production: false, previews: false };
const production = { production: true, previews: false };
const previews = { production: true, previews: true };
const long = 'a'.repeat(64);
const longest = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(62)).join('.');

type Bad = [entry: string, codes: string, suggestion: string | undefined, options?: typeof development];

const bad: Bad[] = [
  ['', 'empty-entry', undefined],
  ['  ', 'empty-entry', undefined],
  ['null', 'null-origin', undefined],
  ['NULL', 'null-origin', undefined],
  ['*', 'any-origin', undefined],
  ['https://*', 'any-origin', undefined],
  ['http://*:8080', 'any-origin', undefined],
  ['*://*', 'any-origin', undefined],
  ['https://*.*', 'any-origin', undefined],
  ['file:///home/me/index.html', 'file-origin', undefined],
  ['file://', 'file-origin', undefined],
  ['https://a.example.com https://b.example.com', 'several-origins', undefined],
  ['https://a.example.com;https://b.example.com', 'several-origins', undefined],
  ['https://a.example.com,b.example.com', 'several-origins', undefined],
  [`https://example.com/${'a'.repeat(1000)}`, 'too-long', undefined],

  ['app.example.com', 'missing-scheme', 'https://app.example.com'],
  ['//app.example.com', 'missing-scheme', 'https://app.example.com'],
  ['app.example.com:8443', 'missing-scheme', 'https://app.example.com:8443'],
  ['app.example.com:443', 'missing-scheme', 'https://app.example.com'],
  ['localhost', 'missing-scheme', 'http://localhost'],
  ['localhost:5173', 'missing-scheme', 'http://localhost:5173'],
  ['localhost:5173/', 'missing-scheme trailing-slash', 'http://localhost:5173'],
  ['127.0.0.1:5173', 'missing-scheme', 'http://127.0.0.1:5173'],
  ['[::1]:5173', 'missing-scheme', 'http://[::1]:5173'],
  ['https//app.example.com', 'malformed-scheme', 'https://app.example.com'],
  ['https:/app.example.com', 'malformed-scheme', 'https://app.example.com'],
  ['https:app.example.com', 'malformed-scheme', 'https://app.example.com'],
  ['https:///app.example.com', 'malformed-scheme', 'https://app.example.com'],
  ['ftp://app.example.com', 'unsupported-scheme', 'https://app.example.com'],
  ['wss://app.example.com', 'unsupported-scheme', 'https://app.example.com'],
  ['ws://localhost:5173', 'unsupported-scheme', 'http://localhost:5173'],
  ['htps://app.example.com', 'unsupported-scheme', 'https://app.example.com'],
  ['*://app.example.com', 'unsupported-scheme', 'https://app.example.com'],
  ['chrome-extension://abcdefgh', 'unsupported-scheme', undefined],
  ['capacitor://app', 'unsupported-scheme', undefined],
  ['capacitor://localhost/', 'trailing-slash', 'capacitor://localhost'],
  ['tauri://localhost:1420', 'unsupported-scheme', 'tauri://localhost'],
  ['https://', 'missing-host', undefined],
  ['https://:8080', 'missing-host', undefined],

  ['https://app.example.com/', 'trailing-slash', 'https://app.example.com'],
  ['http://localhost:5173/', 'trailing-slash', 'http://localhost:5173'],
  ['https://app.example.com/login', 'path', 'https://app.example.com'],
  ['https://app.example.com//', 'path', 'https://app.example.com'],
  ['https://app.example.com?x=1', 'query', 'https://app.example.com'],
  ['https://app.example.com/?', 'trailing-slash query', 'https://app.example.com'],
  ['https://app.example.com/#/home', 'trailing-slash fragment', 'https://app.example.com'],
  ['https://app.example.com#', 'fragment', 'https://app.example.com'],
  ['https://me:secret@app.example.com', 'user-info', 'https://app.example.com'],
  ['https://app.example.com@evil.com', 'user-info', 'https://evil.com'],
  ['https://@app.example.com', 'user-info', 'https://app.example.com'],
  ['HTTPS://app.example.com', 'upper-case', 'https://app.example.com'],
  ['https://App.Example.com', 'upper-case', 'https://app.example.com'],
  ['https://bücher.example', 'unicode-host', 'https://xn--bcher-kva.example'],
  ['https://BÜCHER.example', 'upper-case unicode-host', 'https://xn--bcher-kva.example'],
  ['https://ｅxample.com', 'unicode-host', 'https://example.com'],
  ['https://%61pp.example.com', 'percent-escape', 'https://app.example.com'],
  ['https://app%2eexample.com', 'percent-escape', 'https://app.example.com'],
  ['https://my_app.example.com', 'underscore', undefined],
  ['https://app.example.com.', 'trailing-dot', 'https://app.example.com'],
  ['https://.example.com', 'empty-label', 'https://example.com'],
  ['https://app..example.com', 'empty-label', 'https://app.example.com'],
  [`https://${long}.example.com`, 'label-too-long', undefined],
  [`https://${longest}.example.com`, 'host-too-long', undefined],
  ['https://-app.example.com', 'invalid-host', undefined],
  ['https://app-.example.com', 'invalid-host', undefined],
  ['https://app!.example.com', 'invalid-host', undefined],
  ['https://<app>.example.com', 'invalid-host', undefined],
  ['https://xn--a.example.com', 'invalid-host', undefined],
  ['http://127.1', 'ip-not-serialised', 'http://127.0.0.1'],
  ['http://0x7f000001', 'ip-not-serialised', 'http://127.0.0.1'],
  ['http://2130706433:5173', 'ip-not-serialised', 'http://127.0.0.1:5173'],
  ['http://127.0.0.01', 'ip-not-serialised', 'http://127.0.0.1'],
  ['http://[0:0:0:0:0:0:0:1]', 'ip-not-serialised', 'http://[::1]'],
  ['http://[2001:DB8::1]', 'upper-case', 'http://[2001:db8::1]'],
  ['http://[2001:db8:0::1]', 'ip-not-serialised', 'http://[2001:db8::1]'],
  ['http://256.0.0.1', 'invalid-host', undefined],
  ['http://[::1', 'invalid-host port-not-a-number', undefined],
  ['http://[fe80::1%25eth0]', 'percent-escape invalid-host', undefined],

  ['https://app.example.com:443', 'default-port', 'https://app.example.com'],
  ['http://localhost:80', 'default-port', 'http://localhost'],
  ['https://app.example.com:0443', 'port-leading-zeros default-port', 'https://app.example.com'],
  ['http://localhost:05173', 'port-leading-zeros', 'http://localhost:5173'],
  ['https://app.example.com:', 'empty-port', 'https://app.example.com'],
  ['https://app.example.com:0', 'port-zero', 'https://app.example.com'],
  ['https://app.example.com:65536', 'port-out-of-range', 'https://app.example.com'],
  ['https://app.example.com:123456789', 'port-out-of-range', 'https://app.example.com'],
  ['http://localhost:517x', 'port-not-a-number', 'http://localhost'],
  ['http://localhost:-1', 'port-not-a-number', 'http://localhost'],
  ['http://localhost:*', 'pattern-in-port', 'http://localhost'],

  [' https://app.example.com', 'whitespace', 'https://app.example.com'],
  ['https://app.example.com\n', 'whitespace', 'https://app.example.com'],
  ['https://app .example.com', 'whitespace', 'https://app.example.com'],
  ['https://app.example.com\0', 'whitespace', 'https://app.example.com'],
  ['"https://app.example.com"', 'quotes', 'https://app.example.com'],
  ["'https://app.example.com'", 'quotes', 'https://app.example.com'],
  ['https:\\\\app.example.com', 'backslash', 'https://app.example.com'],
  ['https://app.example.com\\', 'backslash trailing-slash', 'https://app.example.com'],
  [' HTTPS://me@App.example.com.:443/a?b#c', 'whitespace user-info upper-case trailing-dot default-port path query fragment', 'https://app.example.com'], // prettier-ignore

  ['*.example.com', 'missing-scheme', 'https://*.example.com'],
  ['https://*example.com', 'pattern-misplaced', 'https://*.example.com'],
  ['https://**.example.com', 'pattern-misplaced', 'https://*.example.com'],
  ['https://*.*.example.com', 'pattern-misplaced', 'https://*.example.com'],
  ['https://app.*.example.com', 'pattern-misplaced', 'https://*.example.com'],
  ['https://*-app.example.com', 'pattern-misplaced', 'https://*.example.com'],
  ['https://app.example.*', 'pattern-misplaced', undefined],
  ['https://*.example.com/', 'trailing-slash', 'https://*.example.com'],
  ['https://*.Example.com:443', 'upper-case default-port', 'https://*.example.com'],
  ['http://*.example.com', 'pattern-with-http', 'https://*.example.com'],
  ['http://*.localhost:5173', 'pattern-on-public-suffix pattern-with-http', undefined],
  ['https://*.com', 'pattern-on-public-suffix', undefined],
  ['https://*.co.uk', 'pattern-on-public-suffix', undefined],
  ['https://*.vercel.app', 'pattern-on-public-suffix', undefined],
  ['https://*.github.io', 'pattern-on-public-suffix', undefined],
  ['https://*.localhost', 'pattern-on-public-suffix', undefined],
  ['https://*.intranet', 'pattern-on-public-suffix', undefined],
  ['https://*.127.0.0.1', 'pattern-on-ip', 'https://127.0.0.1'],
  ['https://*.[::1]:8443', 'pattern-on-ip', 'https://[::1]:8443'],
  ['https://my-app-*-my-team.vercel.app', 'preview-pattern-not-accepted', undefined],
  ['https://pr-*.example.com', 'preview-pattern-not-accepted', undefined],
  ['https://*-my-team.vercel.app', 'pattern-misplaced', undefined, previews],
  ['https://m*.vercel.app', 'preview-prefix-too-short', undefined, previews],
  ['https://my-app-*-*.vercel.app', 'pattern-misplaced', undefined, previews],
  ['https://my-app-*.com', 'pattern-on-public-suffix', undefined, previews],
  ['https://my-app-*-my-team.vercel.app/', 'trailing-slash', 'https://my-app-*-my-team.vercel.app', previews],
  ['http://my-app-*-my-team.vercel.app', 'pattern-with-http insecure-in-production', 'https://my-app-*-my-team.vercel.app', previews], // prettier-ignore

  ['http://app.example.com', 'insecure-in-production', 'https://app.example.com', production],
  ['http://app.example.com:80', 'default-port insecure-in-production', 'https://app.example.com', production],
  ['http://app.example.com:443', 'insecure-in-production', 'https://app.example.com', production],
  ['http://192.168.1.5:5173', 'insecure-in-production', 'https://192.168.1.5:5173', production],
  ['http://localhost.example.com', 'insecure-in-production', 'https://localhost.example.com', production],
];

type Good = [entry: string, options?: typeof development];

const exact: Good[] = [
  ...['https://example.com', 'https://app.example.com', 'https://a.b.c.d.example.com', 'https://example.com:8443'],
  ...['https://example.com:80', 'https://example.com:1', 'https://example.com:65535', 'https://example.co.uk'],
  ...['https://my-app.vercel.app', 'https://me.github.io', 'https://xn--bcher-kva.example', 'https://1.example.com'],
  ...['https://a--b.example.com', 'https://deploy-preview-1--my-app.netlify.app', 'https://intranet', 'https://x.y'],
  ...['https://192.0.2.1', 'https://192.0.2.1:8443', 'https://[2001:db8::1]', 'https://[2001:db8::1]:8443'],
  ...['https://localhost', 'https://localhost:5173', `https://${long.slice(1)}.example.com`, 'https://vercel.app'],
].map((entry): Good => [entry, production]);

const plainHttp: Good[] = [
  ...['http://localhost', 'http://localhost:5173', 'http://localhost:443', 'http://app.localhost:5173'],
  ...['http://127.0.0.1', 'http://127.0.0.1:5173', 'http://127.8.9.10', 'http://[::1]', 'http://[::1]:5173'],
].map((entry): Good => [entry, production]);

const inDevelopment: Good[] = [
  ...['http://app.example.com', 'http://192.168.1.5:5173', 'http://0.0.0.0:5173', 'http://my-laptop:5173'],
  ...['http://my-laptop.local:5173', 'http://[fe80::1]:5173'],
].map((entry): Good => [entry, development]);

const patterns: Good[] = [
  ...['https://*.example.com', 'https://*.example.com:8443', 'https://*.app.example.com', 'https://*.example.co.uk'],
  ...['https://*.my-app.vercel.app', 'https://*.xn--bcher-kva.example'],
].map((entry): Good => [entry, production]);

const previewPatterns: Good[] = [
  ...['https://my-app-*-my-team.vercel.app', 'https://my-app-*.vercel.app', 'https://pr-*.example.com'],
  ...['https://deploy-preview-*--my-app.netlify.app', 'https://my-app-pr-*.onrender.com:8443'],
].map((entry): Good => [entry, previews]);

const suggestionOf = (entry: string, options: typeof development) =>
  parseOrigin(entry, options).mistakes[0]?.suggestion;

describe('a bad entry', () => {
  it.each(bad)('%j is refused as %s, and %j would work', (entry, codes, suggestion, options = development) => {
    const { rule, mistakes } = parseOrigin(entry, options);
    expect(rule).toBeUndefined();
    expect(mistakes.map(({ code }) => code).join(' ')).toBe(codes);
    expect(mistakes.map((mistake) => mistake.suggestion)).toEqual(mistakes.map(() => suggestion));
    mistakes.forEach(({ cause }) => expect(cause).toMatch(/^(is|has|trusts) .{3,}[^.]$/));
  });

  const mended = bad.filter(([, , suggestion]) => suggestion !== undefined);
  it.each(mended)('%j has a suggestion that is accepted', (_entry, _codes, suggestion = '', options = development) => {
    expect(parseOrigin(suggestion, options).mistakes).toEqual([]);
  });

  it('is told which key accepts a preview pattern', () => {
    const [mistake] = parseOrigin('https://my-app-*-my-team.vercel.app', production).mistakes;
    expect(mistake?.cause).toContain('PREVIEW_ORIGINS=accepted');
  });
});

describe('a good entry', () => {
  it.each(['capacitor://localhost', 'ionic://localhost', 'tauri://localhost'])(
    '%s is the origin of native apps',
    (entry) => {
      expect(parseOrigin(entry, production)).toEqual({ rule: { kind: 'exact', entry }, mistakes: [] });
    },
  );

  it.each(['https://localhost', 'http://tauri.localhost', 'https://tauri.localhost'])(
    '%s is one of them too',
    (entry) => {
      expect(parseOrigin(entry, production)).toEqual({ rule: { kind: 'exact', entry }, mistakes: [] });
    },
  );

  it.each([...exact, ...plainHttp, ...inDevelopment])('%s is an exact origin', (entry, options = production) => {
    expect(parseOrigin(entry, options)).toEqual({ rule: { kind: 'exact', entry }, mistakes: [] });
    expect(new URL(entry).origin).toBe(entry);
  });

  it.each(patterns)('%s stands for subdomains', (entry, options = production) => {
    expect(parseOrigin(entry, options)).toMatchObject({ rule: { kind: 'subdomains', entry }, mistakes: [] });
  });

  it.each(previewPatterns)('%s stands for previews', (entry, options = previews) => {
    expect(parseOrigin(entry, options)).toMatchObject({ rule: { kind: 'preview', entry }, mistakes: [] });
  });

  it('is taken apart for matching', () => {
    expect(parseOrigin('https://*.example.com:8443', production).rule).toMatchObject({
      suffix: 'example.com',
      port: ':8443',
    });
    expect(parseOrigin('https://my-app-*-my-team.vercel.app', previews).rule).toMatchObject({
      suffix: 'vercel.app',
      port: '',
      prefix: 'my-app-',
      ending: '-my-team',
    });
  });
});

describe('parseOrigin', () => {
  const pieces = ['https', 'http', ':', '//', '/', '*', '.', '-', 'app', 'example.com', 'localhost', 'vercel.app', '@'];
  const more = ['127.0.0.1', '[::1]', ':443', ':0', ':5173', '?', '#', ' ', '\0', 'Ü', 'A', '_', '%2e', '\\', '"', ','];
  const likely = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 12 }).map((parts) => parts.join(''));
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    likely,
    likely.map((text) => `https://${text}`),
  );
  const anyOptions = fc.record({ production: fc.boolean(), previews: fc.boolean() });

  it('never throws, and each of its suggestions is accepted', () => {
    fc.assert(
      fc.property(anything, anyOptions, (entry, options) => {
        const suggestion = suggestionOf(entry, options);
        expect(suggestion === undefined || parseOrigin(suggestion, options).rule !== undefined).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('accepts as an exact origin only what a URL serialises as its origin', () => {
    fc.assert(
      fc.property(anything, anyOptions, (entry, options) => {
        const { rule } = parseOrigin(entry, options);
        if (rule?.kind === 'exact') expect(new URL(entry).origin).toBe(entry);
        if (rule && rule.kind !== 'exact')
          expect(new URL(entry.replace('*', 'a')).origin).toBe(entry.replace('*', 'a'));
      }),
      { numRuns: 5000 },
    );
  });

  it('comes to an end for an enormous entry', () => {
    for (const piece of ['a', '.', '://', '*', 'Ü', '[', '@', ' ', ':0']) {
      expect(parseOrigin(`https://${piece.repeat(1_000_000)}`, development).mistakes.length).toBeGreaterThan(0);
    }
  });
});

describe('isLoopback', () => {
  it.each(['localhost', 'a.localhost', 'b.a.localhost', '127.0.0.1', '127.255.0.1', '[::1]'])('knows %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['localhost.com', 'mylocalhost', '.localhost', '127.example.com', '128.0.0.1', '[::2]', '0.0.0.0', ''])(
    'does not take %j for it',
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
