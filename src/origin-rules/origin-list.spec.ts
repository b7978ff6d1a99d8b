import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OriginList } from './origin-list.js';

const options = { production: false, previews: true };
const listOf = (value: string | string[]) => OriginList.parse(value, options).origins;

/** What no browser sends, or another site's page does: beside `https://app.example.com` and `https://*.example.com`. */
const badOrigins = [
  ...['', 'null', '*', 'https://', 'app.example.com', '//app.example.com', 'ftp://app.example.com'],
  ...[
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://app.example.com?',
    'https://app.example.com#',
  ],
  ...['https://app.example.com\0', '\0https://app.example.com', 'https://app\0.example.com', 'https://\0.example.com'],
  ...[
    'https://app.example.com\r',
    'https://app.example.com\r\n',
    'https://app.example.com\n',
    '\rhttps://app.example.com',
  ],
  ...[' https://app.example.com', 'https://app.example.com ', 'https://app .example.com', 'https:// app.example.com'],
  ...['https://app.example.com https://app.example.com', 'https://app.example.com, https://app.example.com'],
  ...[
    'https://app.example.com.',
    'https://www.app.example.com.',
    'https://app.example.com..',
    'https://app..example.com',
  ],
  ...['https://.example.com', 'https://*.example.com', 'https://-.example.com', 'https://-a.example.com'],
  ...['https://a-.example.com', 'https://a_b.example.com', `https://${'a'.repeat(64)}.example.com`],
  ...['HTTPS://app.example.com', 'https://APP.example.com', 'https://app.Example.com', 'https://NEW.example.com'],
  ...['https://me@app.example.com', 'https://me:secret@app.example.com', 'https://@app.example.com'],
  ...['https://ünï.example.com', 'https://app.exämple.com', 'https://app.example。com', 'https://ａpp.example.com'],
  ...[
    'https://app.example.com:0',
    'https://app.example.com:443',
    'https://app.example.com:',
    'https://new.example.com:0',
  ],
  ...[
    'https://new.example.com:443',
    'https://new.example.com:',
    'https://app.example.com:8443',
    'https://a.example.com:1',
  ],
  ...['https://app.example.com.evil.com', 'https://example.com.evil.com', 'https://new.example.com.evil.com'],
  ...['https://app.example.com@evil.com', 'https://new.example.com@evil.com', 'https://evil.com#.example.com'],
  ...['https://evil.com/.example.com', 'https://evil.com?.example.com', 'https://evil.com:.example.com'],
  ...['https://evilexample.com', 'https://app-example.com', 'https://example.com', 'https://appxexample.com'],
  ...['https://example.com.', 'https://app.example.co', 'https://app.example.comm', 'http://app.example.com'],
  ...[
    'http://new.example.com',
    'https:\\\\app.example.com',
    'https://app.example.com\\',
    'https://evil.com\\.example.com',
  ],
  ...[
    'https:/\\app.example.com',
    'https://%61pp.example.com',
    'https://evil.com%2f.example.com',
    'https://a%00.example.com',
  ],
  ...['https://app%2eexample.com', 'https:app.example.com', 'https:///app.example.com', 'https://[app.example.com]'],
  ...[`https://${'a'.repeat(100_000)}.example.com`, `https://${'a.'.repeat(50_000)}example.com`, 'a'.repeat(100_000)],
  ...[`https://${'a.'.repeat(122)}example.com`, `https://app.example.com${' '.repeat(100_000)}`],
];

describe('OriginList.allows', () => {
  const origins = listOf('https://app.example.com, https://*.example.com');
  it.each(badOrigins.map((origin) => [origin.length > 200 ? `${origin.slice(0, 30)}…` : origin, origin]))(
    'refuses %j',
    (_shown, origin) => expect(origins.allows(origin)).toBe(false),
  );

  it.each([
    'https://app.example.com',
    'https://new.example.com',
    'https://a.b.c.example.com',
    'https://xn--p1ai.example.com',
  ])('allows %s', (origin) => expect(origins.allows(origin)).toBe(true));

  it('takes the longest host a pattern can stand for, and none longer', () => {
    const origin = (last: string) => `https://${'a.'.repeat(119)}${last}.example.com`;
    expect(origin('bbb')).toHaveLength('https://'.length + 253);
    expect(origins.allows(origin('bbb'))).toBe(true);
    expect(origins.allows(origin('bbbb'))).toBe(false);
  });

  it('compares the port of a pattern, too', () => {
    const withPort = listOf('https://*.example.com:8443');
    expect(withPort.allows('https://app.example.com:8443')).toBe(true);
    expect(withPort.allows('https://app.example.com')).toBe(false);
    expect(withPort.allows('https://app.example.com:08443')).toBe(false);
    expect(withPort.allows('https://app.example.com:84430')).toBe(false);
  });

  it('does not let a pattern reach across a public suffix', () => {
    const aws = listOf('https://*.amazonaws.com');
    expect(aws.allows('https://console.amazonaws.com')).toBe(true);
    expect(aws.allows('https://anybody.s3.amazonaws.com')).toBe(false);
    expect(aws.allows('https://s3.amazonaws.com')).toBe(false);
  });

  it('keeps the * of a preview pattern within one label', () => {
    const preview = listOf('https://my-app-*-my-team.vercel.app,https://other-*.vercel.app');
    expect(preview.allows('https://my-app-git-main-my-team.vercel.app')).toBe(true);
    expect(preview.allows('https://my-app-1-my-team.vercel.app')).toBe(true);
    expect(preview.allows('https://other-1.vercel.app')).toBe(true);
    const refused = [
      'my-app-my-team',
      'my-app--my-team',
      'my-app-a.b-my-team',
      'x.my-app-1-my-team',
      'my-app-1-my-team.x',
    ];
    refused.forEach((label) => expect(preview.allows(`https://${label}.vercel.app`)).toBe(false));
    expect(preview.allows('https://my-app-1-my-team.vercel.app.evil.com')).toBe(false);
    expect(preview.allows('https://my-app-1-my-team.vercel.app:8443')).toBe(false);
    expect(preview.allows('http://my-app-1-my-team.vercel.app')).toBe(false);
  });

  it('finds one of 10,000 origins and patterns', () => {
    const many = listOf(Array.from({ length: 10_000 }, (_, i) => `https://app${i}.example.com`));
    const patterns = listOf(Array.from({ length: 10_000 }, (_, i) => `https://*.site${i}.example`));
    expect(many.allows('https://app9999.example.com') && patterns.allows('https://a.site9999.example')).toBe(true);
    expect(many.allows('https://other.example.com') || patterns.allows('https://a.other.example')).toBe(false);
  });
});

describe('OriginList.parse', () => {
  it('reads origins separated by commas, with or without spaces around them', () => {
    const { origins, mistakes } = OriginList.parse(
      ' http://localhost:5173,https://app.example.com ,\thttps://*.x.com ',
      options,
    );
    expect(mistakes).toEqual([]);
    expect(origins.entries).toEqual(['http://localhost:5173', 'https://app.example.com', 'https://*.x.com']);
  });

  it('merges duplicates', () => {
    expect(listOf('https://a.com,https://b.com,https://a.com').entries).toEqual(['https://a.com', 'https://b.com']);
  });

  it('tells every mistake at once and keeps what is right', () => {
    const { origins, mistakes } = OriginList.parse('https://a.com/,https://b.com,*,c.com', options);
    expect(origins.entries).toEqual(['https://b.com']);
    expect(mistakes.map(({ code, suggestion }) => [code, suggestion])).toEqual([
      ['trailing-slash', 'https://a.com'],
      ['any-origin', undefined],
      ['missing-scheme', 'https://c.com'],
    ]);
  });

  it.each([
    ['https://a.com,,https://b.com', 'https://a.com,https://b.com'],
    ['https://a.com,', 'https://a.com'],
    [',https://a.com', 'https://a.com'],
    [' , ,a.com/', 'https://a.com'],
    ['*,', undefined],
    [',', undefined],
    ['', undefined],
    ['  ', undefined],
  ])('refuses the empty entry of %j; %j would work', (value, suggestion) => {
    const empty = OriginList.parse(value, options).mistakes.filter(({ code }) => code === 'empty-entry');
    expect(empty).toEqual([{ code: 'empty-entry', entry: value, cause: expect.any(String), suggestion }]);
    if (suggestion) expect(OriginList.parse(suggestion, options).mistakes).toEqual([]);
  });

  it.each([
    ['https://a.com https://b.com', 'https://a.com,https://b.com'],
    ['https://a.com;https://b.com/', 'https://a.com,https://b.com'],
    ['https://a.com | localhost:5173', 'https://a.com,http://localhost:5173'],
    ['https://a.com;*', undefined],
  ])('refuses other separators as in %j; %j would work', (value, suggestion) => {
    const { mistakes } = OriginList.parse(value, options);
    expect(mistakes).toMatchObject([{ code: 'several-origins', suggestion }]);
    if (suggestion) expect(OriginList.parse(suggestion, options).mistakes).toEqual([]);
  });

  it('takes the elements of an array as they are', () => {
    expect(OriginList.parse([], options).mistakes).toEqual([]);
    expect(OriginList.parse(['', ' https://a.com', 'https://a.com,https://b.com'], options).mistakes).toMatchObject([
      { code: 'empty-entry', entry: '', suggestion: undefined },
      { code: 'whitespace', suggestion: 'https://a.com' },
      { code: 'several-origins', suggestion: undefined },
    ]);
  });
});

describe('OriginList.union', () => {
  it('allows what any of its lists allows', () => {
    const union = OriginList.union(listOf('https://a.com,https://*.b.com'), listOf(['https://c.com', 'https://a.com']));
    expect(union.entries).toEqual(['https://a.com', 'https://*.b.com', 'https://c.com']);
    expect(['https://a.com', 'https://x.b.com', 'https://c.com'].every((origin) => union.allows(origin))).toBe(true);
    expect(union.allows('https://x.c.com')).toBe(false);
  });

  it('is empty when all its lists are', () => {
    expect(OriginList.union().isEmpty).toBe(true);
    expect(OriginList.union(listOf([]), listOf([])).isEmpty).toBe(true);
    expect(OriginList.union(listOf([]), listOf('https://a.com')).isEmpty).toBe(false);
  });
});

describe('for every list', () => {
  const label = fc.constantFrom(
    'a',
    'b',
    'ab',
    'a-b',
    'app',
    'x1',
    'evil',
    'my-app-1',
    'my-app-1-t',
    'my-app-',
    '-',
    '',
    'A',
    'ü',
    '*',
  );
  const domain = fc.constantFrom(
    'a.com',
    'b.com',
    'aa.com',
    'a.com.b.com',
    'x.vercel.app',
    'vercel.app',
    'a.co.uk',
    'evil.com',
  );
  const port = fc.constantFrom('', '', '', ':8443', ':443', ':0', ':');
  const tail = fc.constantFrom('', '', '', '', '/', '.', ' ', '@evil.com', '\0', '\\', '%2e');
  const scheme = fc.constantFrom('https://', 'https://', 'https://', 'http://', 'HTTPS://', '');
  const labels = fc.array(label, { maxLength: 3 });
  const near = fc.tuple(scheme, labels, domain, port, tail).map(([s, ls, d, p, t]) => s + [...ls, d].join('.') + p + t);
  const entry = fc.oneof(
    near,
    fc.tuple(domain, port).map(([d, p]) => `https://*.${d}${p}`),
    fc.tuple(domain, port).map(([d, p]) => `https://my-app-*-t.${d}${p}`),
  );
  const lists = fc.array(entry, { maxLength: 8 });

  /** An oracle of its own: a URL that serialises as itself, and per pattern the labels compared one by one. */
  function shouldAllow(entries: readonly string[], origin: string): boolean {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false;
    return entries.some((accepted) => (accepted.includes('*') ? stands(accepted, origin) : accepted === origin));
  }

  function stands(pattern: string, origin: string): boolean {
    const [wanted, given] = [pattern, origin].map((text) =>
      text.replace(/:\d+$/, '').replace('https://', '').split('.'),
    );
    const [first = '', ...rest] = wanted ?? [];
    const star = (given ?? []).slice(0, -rest.length);
    const samePort = /:\d+$/.exec(pattern)?.[0] === /:\d+$/.exec(origin)?.[0];
    const sameEnd = (given ?? []).slice(-rest.length).join('.') === rest.join('.');
    if (!samePort || !sameEnd || !origin.startsWith('https://')) return false;
    if (!star.every((part) => /^[a-z0-9-]+$/.test(part) && !/^-|-$/.test(part))) return false;
    if (first === '*') return star.length > 0;
    const [prefix = '', ending = ''] = first.split('*');
    const part = star[0] ?? '';
    return (
      star.length === 1 &&
      part.length > prefix.length + ending.length &&
      part.startsWith(prefix) &&
      part.endsWith(ending)
    );
  }

  it('an origin is allowed exactly if an independent reading of the list says so', () => {
    let allowed = 0;
    const mutation = fc.constantFrom('', '', '', '.', '/', ':8443', '.evil.com', '@evil.com');
    const question = fc.tuple(lists, fc.oneof(near, fc.webUrl()), fc.nat(7), labels, mutation);
    fc.assert(
      fc.property(question, fc.boolean(), ([entries, other, index, names, end], asListed) => {
        const origins = listOf(entries);
        const listed = origins.entries[index % origins.entries.length]?.replace('*', names.join('.')) ?? other;
        const origin = asListed ? listed + end : other;
        allowed += Number(origins.allows(origin));
        expect([origin, origins.allows(origin)]).toEqual([origin, shouldAllow(origins.entries, origin)]);
      }),
      { numRuns: 5000 },
    );
    expect(allowed).toBeGreaterThan(50);
  });

  it('every listed origin is allowed, and no pattern is an origin', () => {
    fc.assert(
      fc.property(lists, (entries) => {
        const origins = listOf(entries);
        origins.entries.forEach((accepted) => expect(origins.allows(accepted)).toBe(!accepted.includes('*')));
      }),
    );
  });

  it('parsing a string never throws, and each of its suggestions is accepted', () => {
    const separator = fc.constantFrom(',', ', ', ';', ' ', ',,', '|');
    const text = fc
      .tuple(fc.array(fc.oneof(entry, fc.string()), { maxLength: 5 }), separator)
      .map(([all, by]) => all.join(by));
    fc.assert(
      fc.property(text, fc.boolean(), fc.boolean(), (value, production, previews) => {
        const { mistakes } = OriginList.parse(value, { production, previews });
        const suggestions = mistakes.flatMap(({ suggestion }) => suggestion ?? []);
        suggestions.forEach((mended) =>
          expect(OriginList.parse(mended, { production, previews }).mistakes).toEqual([]),
        );
      }),
      { numRuns: 3000 },
    );
  });
});
