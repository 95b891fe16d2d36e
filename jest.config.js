import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { env } from 'node:process';
import { outside } from './modules.config.js';

// The bundle is started a few hundred times, so Node keeps what it compiled. A runner starts it
// once, without that.
env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, 'node_modules/.cache/node');

/** Each folder of tests is a project with its name. */
const folders = readdirSync(path.join(import.meta.dirname, '__tests__'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .map(({ name }) => name);

/** Folders whose tests do not start the bundle, and so do not need a fresh one. */
const withoutBundle = new Set([
  'azure',
  'docs',
  'kubernetes',
  'lifecycle',
  'pod',
  'recorded',
  'runner',
  'setup',
  'unit',
]);

const projects = folders.map((folder) => ({
  displayName: folder,
  ...(withoutBundle.has(folder) ? {} : { globalSetup: '<rootDir>/scripts/build.ts' }),
  // A file in src that no test loads counts as not covered.
  roots: ['<rootDir>/__tests__', '<rootDir>/src'],
  testMatch: [`<rootDir>/__tests__/${folder}/**/*.test.ts`],
  setupFiles: ['<rootDir>/__tests__/support/setup.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transformIgnorePatterns: ['/node_modules/(?!@actions/(?:languageservice|workflow-parser)/)'],
  transform: {
    '/@actions/.*\\.js$': '<rootDir>/__tests__/support/json-imports.js',
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
}));

/** @type {import('jest').Config} */
export default {
  projects,
  // This ends a test that hangs. No test may depend on how fast the machine is.
  testTimeout: 180_000,
  // Tests wait for processes more than they compute.
  maxWorkers: availableParallelism() * 2,
  // A process starts more slowly from a worker that has grown.
  workerIdleMemoryLimit: '250MB',
  // A worker that replaces such a one after the last test has to start before it can exit.
  workerGracefulExitTimeout: 30_000,
  testSequencer: '<rootDir>/__tests__/support/sequence.ts',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', ...outside.map((files) => `!${files}`)],
  coverageReporters: ['text'],
  coverageThreshold: { global: { branches: 100 } },
};
