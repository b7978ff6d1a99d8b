import project from '../jest.config.js';

/** The specs of this package alone: without the database that the tests of the API need. @type {import('jest').Config} */
export default {
  ...project,
  rootDir: '..',
  roots: ['<rootDir>/browser-verdict'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
