import project from '../../jest.config.js';

/** One file after the other: they share the ports 3000 and 5173, and the machine. @type {import('jest').Config} */
export default {
  ...project,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 40_000,
};
