import { expect, it } from '@jest/globals';
import type { Examination } from '../browser-verdict/src/doctor/examine.js';
import { report } from '../browser-verdict/src/doctor/report.js';
import { askEverything, page, type Setup } from './support/doctor.js';
import { describeWithPrograms } from './support/programs.js';

const found = (examination: Examination) => [...new Set(examination.findings.map(({ code }) => code))].sort();

describeWithPrograms('nginx')('the doctor, asked about this API', () => {
  it('says that a good deployment works in all browsers', async () => {
    const examination = await askEverything({});
    expect(found(examination)).toEqual([]);
    expect(examination.exitCode).toBe(0);
    expect(examination.browsers).toEqual({ chromium: 'works', firefox: 'works', safari: 'works' });
    expect(report(examination, { colors: false, verbose: false })).toMatch(/^Works in Chromium, Firefox, Safari\.$/m);
    // Every operation was asked for that needs a preflight.
    const names = examination.probes.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['PATCH /posts/1 with Content-Type', 'Log-out', 'Foreign form']));
  });

  it('warns of pages on another site for Safari alone', async () => {
    const other = 'https://app.example.org';
    const examination = await askEverything({ page: other, environment: { FRONTEND_URL: other } });
    expect(found(examination)).toEqual(['CrossSiteCookies', 'ThirdPartyBlocked']);
    expect(examination.exitCode).toBe(0);
    expect(examination.browsers).toEqual({ chromium: 'works', firefox: 'works', safari: 'warning' });
    expect(examination.findings.flatMap(({ howTo }) => Object.values(howTo)).join()).not.toMatch(/samesite/i);
    expect(report(examination, { colors: false, verbose: false })).toMatch(/^Works .* with 3 warnings for Safari\.$/m);
  });

  it.each<[string, Setup, string, RegExp]>([
    [
      'FRONTEND_URL without the page',
      { environment: { FRONTEND_URL: 'https://www.example.com' } },
      'MissingAllowOriginHeader',
      /compares Origin with a list .* https:\/\/app\.example\.com is not on it/,
    ],
    [
      'API_URL and FRONTEND_URL forgotten',
      { environment: { API_URL: undefined, FRONTEND_URL: undefined } },
      'MissingAllowOriginHeader',
      /421: the server does not know the host name/,
    ],
    [
      'an nginx that answers preflights',
      { location: 'if ($request_method = OPTIONS) { return 204; }' },
      'PreflightMissingAllowOriginHeader',
      /answers OPTIONS without CORS headers: a proxy/,
    ],
    [
      'an nginx that adds the header again',
      { location: 'add_header Access-Control-Allow-Origin $http_origin always;' },
      'MultipleAllowOriginValues',
      /sent 2 times/,
    ],
    ['an API called over http', { api: 'http://api.example.com' }, 'mixed-content', /^$/],
    [
      'an nginx that takes the attribute Secure away',
      { location: 'proxy_cookie_flags ~ nosecure;' },
      'InvalidPrefix',
      /^$/,
    ],
  ])('finds %s', async (_, setup, code, hint) => {
    const { findings, exitCode } = await askEverything(setup);
    expect(exitCode).toBe(1);
    const finding = findings.find((each) => each.code === code);
    expect(finding?.severity).toBe('blocked');
    expect(finding?.hint ?? '').toMatch(hint);
  });

  it('names the setting of this API first, where it can be told', async () => {
    const { findings } = await askEverything({ environment: { FRONTEND_URL: 'https://www.example.com' } });
    const blocked = findings.find(({ code }) => code === 'MissingAllowOriginHeader');
    expect(Object.entries(blocked?.howTo ?? {}).slice(0, 2)).toContainEqual(['this API', `FRONTEND_URL=${page}`]);
  });
});
