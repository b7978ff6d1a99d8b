import project from '../../../jest.config.js';

/** Asks real browsers, which has a run of its own. @type {import('jest').Config} */
export default {
  ...project,
  rootDir: '../../..',
  roots: ['<rootDir>/browser-verdict/test/agreement'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: undefined,
  globalTeardown: undefined,
  maxWorkers: 1,
  testTimeout: 3_600_000,
};
