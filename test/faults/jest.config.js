import project from '../../jest.config.js';

/**
 * One file at a time: each has processes of its own, and makes their machine busy. FAULT_ROUNDS says how often each fault
 * happens (3). @type {import('jest').Config}
 */
export default {
  ...project,
  rootDir: '../..',
  roots: ['<rootDir>/test/faults'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: undefined,
  globalTeardown: undefined,
  maxWorkers: 1,
  testTimeout: 7_200_000,
};
