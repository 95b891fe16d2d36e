import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';

/** Builds `dist/`: the bundle, unminified so that it can be reviewed, and the licences of everything in it. */
const run = (tool: string, ...args: string[]) => {
  execFileSync(process.execPath, [`node_modules/${tool}`, ...args], { stdio: 'inherit' });
};

// Beside the old one and then in its place, so that a step that runs meanwhile finds a whole bundle.
const next = 'dist.next';
rmSync(next, { recursive: true, force: true });
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'src/index.ts',
  '--out',
  next,
  '--target',
  'es2024',
  '--no-cache',
  '--transpile-only',
);
run(
  'generate-license-file/bin/generate-license-file',
  '--input',
  'package.json',
  '--output',
  `${next}/licenses.txt`,
  '--overwrite',
  '--ci',
  '--no-spinner',
);
rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');
