import project from '../../jest.config.js';

/** Two files at a time; those that need the ports 3000 and 5173 take turns. @type {import('jest').Config} */
export default {
  ...project,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 2,
  testTimeout: 40_000,
};
