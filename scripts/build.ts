import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

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
// On Windows the list, and the licenses in packages, have CRLF; the same sources give the same bytes everywhere.
const licenses = `${next}/licenses.txt`;
writeFileSync(licenses, readFileSync(licenses, 'utf8').replaceAll('\r\n', '\n'));
rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');
