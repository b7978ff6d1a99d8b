import { describe, expect, it } from '@jest/globals';
import { parseCrossOriginVariables, type CrossOriginVariables } from './start-up-check.js';

const good = { NODE_ENV: 'development', API_URL: 'http://localhost:3000', FRONTEND_URL: 'http://localhost:5173' };

describe('the start-up check', () => {
  const fine: [string, CrossOriginVariables][] = [
    ['one machine', good],
    ['no frontend', { ...good, FRONTEND_URL: undefined }],
    ['one site', { NODE_ENV: 'production', API_URL: 'https://api.example.com', FRONTEND_URL: 'https://example.com' }],
    ['two sites', { NODE_ENV: 'production', API_URL: 'https://api.example.com', FRONTEND_URL: 'https://a.vercel.app' }],
    ['a pattern', { ...good, API_URL: 'https://api.example.com', FRONTEND_URL: 'https://*.example.com' }],
    [
      'an accepted pattern for previews',
      {
        ...good,
        API_URL: 'https://api.example.com',
        FRONTEND_URL: 'https://app-*-team.vercel.app',
        PREVIEW_ORIGINS: 'accepted',
      },
    ],
  ];

  it.each(fine)('has nothing to say about %s', (_, keys) => {
    expect(parseCrossOriginVariables(keys).mistakes).toEqual([]);
  });

  const wrong: [string, CrossOriginVariables, (string | RegExp)[]][] = [
    [
      'an entry that is no origin',
      { ...good, FRONTEND_URL: 'http://localhost:5173/' },
      [
        /^FRONTEND_URL "http:\/\/localhost:5173\/" has .*; this would work: FRONTEND_URL=http:\/\/localhost:5173 \[.+]$/,
      ],
    ],
    [
      'several entries at once, whole list mended or not',
      { ...good, FRONTEND_URL: 'http://localhost:5173,http://localhost:5174/,*' },
      [/^FRONTEND_URL "http:\/\/localhost:5174\/".* \[.+]$/, /^FRONTEND_URL "\*".* \[.+]$/],
    ],
    [
      'two names for one machine',
      { ...good, FRONTEND_URL: 'http://127.0.0.1:5173' },
      [/^API_URL .*this would work: API_URL=http:\/\/127\.0\.0\.1:3000 \[loopback-mismatch]$/],
    ],
    [
      'a page over https that calls an API over http',
      { ...good, FRONTEND_URL: 'https://app.example.com' },
      [/^API_URL .*this would work: API_URL=https:\/\/api\.example\.com \[mixed-content]$/],
    ],
    ['an API URL that is none', { ...good, API_URL: 'nonsense' }, [/^API_URL "nonsense" has no scheme/]],
    ['an API URL that is not even text', { ...good, API_URL: undefined }, [/^API_URL "undefined"/]],
    [
      'mistakes of both keys',
      { ...good, API_URL: 'localhost:3000', FRONTEND_URL: 'localhost:5173' },
      [/^FRONTEND_URL "localhost:5173"/, /^API_URL "localhost:3000"/],
    ],
    [
      'plain http in production',
      { NODE_ENV: 'production', API_URL: 'https://api.example.com', FRONTEND_URL: 'http://app.example.com' },
      [/^FRONTEND_URL .*this would work: FRONTEND_URL=https:\/\/app\.example\.com \[insecure-in-production]$/],
    ],
    [
      'a pattern for previews that nobody accepted',
      { ...good, API_URL: 'https://api.example.com', FRONTEND_URL: 'https://app-*-team.vercel.app' },
      [/PREVIEW_ORIGINS=accepted.* \[.+]$/],
    ],
  ];

  it.each(wrong)('refuses %s, each in one line', (_, keys, expected) => {
    const mistakes = parseCrossOriginVariables(keys).mistakes;
    expect(mistakes).toHaveLength(expected.length);
    mistakes.forEach((mistake, index) => expect(mistake).toMatch(expected[index] ?? ''));
    expect(mistakes.join('')).not.toContain('\n');
  });
});
