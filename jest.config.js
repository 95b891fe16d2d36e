import { availableParallelism } from 'node:os';
import path from 'node:path';
import { env } from 'node:process';
import { outside } from './rooms.config.js';

// The bundle is started some hundred times: Node keeps what it compiled of it. A runner starts it once, without.
env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, 'node_modules/.cache/node');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  // A hang is ended by this, and nothing else is: how fast a machine is is no test's business.
  testTimeout: 180_000,
  setupFiles: ['<rootDir>/__tests__/setup.ts'],
  // Tests wait for processes more than they compute.
  maxWorkers: availableParallelism() * 4,
  // To start a process takes a worker the longer, the more memory it has.
  workerIdleMemoryLimit: '250MB',
  testSequencer: '<rootDir>/__tests__/sequence.ts',
  reporters: ['default', '<rootDir>/__tests__/left-out.ts'],
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', ...outside.map((files) => `!${files}`)],
  coverageReporters: ['text'],
  coverageThreshold: { global: { branches: 100 } },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
};
