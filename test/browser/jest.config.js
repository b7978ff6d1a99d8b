import project from '../../jest.config.js';

/** Runs two files at a time. Files that need the ports 3000 and 5173 wait for each other. @type {import('jest').Config} */
export default {
  ...project,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 2,
  testTimeout: 600_000,
};
