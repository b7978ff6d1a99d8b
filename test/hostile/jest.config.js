import project from '../../jest.config.js';

/** Attacks on the API: minutes rather than seconds, so they have a run of their own. @type {import('jest').Config} */
export default {
  ...project,
  rootDir: '../..',
  roots: ['<rootDir>/test/hostile'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
};
