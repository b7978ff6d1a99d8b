import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(`${import.meta.dirname}/.swcrc`, 'utf8'));

/** The tests are compiled as the build is (`.swcrc`). @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/frontend/src', '<rootDir>/browser-verdict'],
  testRegex: '\\.spec\\.ts$',
  // They have runs of their own: npm run test:browser, test:hostile, test:faults, test:agreement.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(browser|hostile|faults)/',
    '<rootDir>/browser-verdict/test/agreement/',
    // What only the embedded database has, its files, and what only a server has, its connections. The grid of origins takes
    // a minute, and is the same on both.
    ...(process.env.TEST_DATABASE_URL
      ? ['<rootDir>/test/embedded-data', '<rootDir>/test/start-up-agreement', '<rootDir>/test/generate']
      : ['<rootDir>/test/connection-cuts', '<rootDir>/test/searches', '<rootDir>/test/seed', '<rootDir>/test/pooler']),
    // For a second run, on the other engine: what asks the database nothing, or nothing of its own, has run.
    ...(process.env.TEST_SCOPE === 'database'
      ? [
          '<rootDir>/test/recipes/',
          '<rootDir>/test/cross-origin/(?!origins)',
          '<rootDir>/test/(connections|doctor|doctor-output|hosts|http|http-adapter|limits|nginx|readme|start-up)\\.',
          '<rootDir>/test/[\\w-]+\\.spec',
        ]
      : []),
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^browser-verdict$': '<rootDir>/browser-verdict/src/index.ts' },
  transform: { '\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  maxWorkers: 2,
  // For a test that hangs, not for a slow machine.
  testTimeout: 300_000,
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts'],
};
