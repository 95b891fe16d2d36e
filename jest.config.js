import { availableParallelism } from 'node:os';
import path from 'node:path';
import { argv, env } from 'node:process';
import { outside } from './modules.config.js';

// The bundle is started a few hundred times, so Node keeps what it compiled. A runner starts it
// once, without that.
env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, 'node_modules/.cache/node');

/** Projects by the folders of their tests. `npm test` alone runs these. */
const promptly = {
  unit: ['unit'],
  lifecycle: ['lifecycle'],
  pod: ['pod'],
  recorded: ['recorded'],
  docs: ['docs'],
  cli: ['cli'],
  e2e: ['e2e'],
};

/** These take minutes. `npm run test:examples` and `npm run test:stand-ins` run them. */
const patiently = {
  examples: ['examples'],
  acceptance: ['acceptance'],
  try: ['try'],
  release: ['release'],
  'stand-ins': ['azure', 'kubernetes', 'runner'],
};

/** Whether the command names projects, files, or tests: then all projects are looked through. */
const isNamed = argv.slice(2).some((word) => /^[^-\d]/.test(word));

const projects = Object.entries({ ...promptly, ...(isNamed ? patiently : {}) }).map(
  ([displayName, folders]) => ({
    displayName,
    // A file in src that no test loads counts as not covered.
    roots: ['<rootDir>/__tests__', '<rootDir>/src'],
    testMatch: folders.map((folder) => `<rootDir>/__tests__/${folder}/**/*.test.ts`),
    setupFiles: ['<rootDir>/__tests__/setup.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: {
      '\\.ts$': [
        '@swc/jest',
        { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
      ],
    },
  }),
);

/** @type {import('jest').Config} */
export default {
  projects,
  // This ends a test that hangs, and nothing else: no test depends on how fast a machine is.
  testTimeout: 180_000,
  // Tests wait for processes more than they compute.
  maxWorkers: availableParallelism() * 2,
  // A process starts more slowly from a worker that has grown.
  workerIdleMemoryLimit: '250MB',
  testSequencer: '<rootDir>/__tests__/sequence.ts',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', ...outside.map((files) => `!${files}`)],
  coverageReporters: ['text'],
  coverageThreshold: { global: { branches: 100 } },
};
