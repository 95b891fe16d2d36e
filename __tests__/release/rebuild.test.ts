import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { blocksOf, readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

// The one command of SECURITY.md, as it stands there, on a clone of the commit that is checked out.

const temp = scratch('rebuild');

const command =
  blocksOf(readDocument('SECURITY.md'), 'sh').find(({ text }) => text.startsWith('git clone '))
    ?.text ?? '';
const [, tag = '', url = ''] = /-b (v\S+) (https:\S+)/.exec(command) ?? [];

const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', words, { cwd, encoding: 'utf8' }).trim();
const origin = path.join(temp, 'origin');
git(temp, 'clone', '--quiet', '--bare', '--no-local', root, origin);
git(origin, 'tag', tag, git(root, 'rev-parse', 'HEAD'));

/** Runs a script as somebody does who types it at a prompt: what npm set for this test is not there. */
function sh(script: string, cwd: string) {
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const env = { ...Object.fromEntries(outside), npm_config_prefer_offline: 'true' };
  return spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' });
}

const clone = path.join(temp, 'v');
const rebuilt = sh(command.replace(url, `file://${origin}`), temp);

test('rebuilds dist, and prints its tree ID last', () => {
  expect({ status: rebuilt.status, last: rebuilt.stdout.trim().split('\n').at(-1) }).toEqual({
    status: 0,
    last: git(root, 'rev-parse', 'HEAD:dist'),
  });
});

type Row = readonly [string, (dist: string) => void, string];
test.each<Row>([
  [
    'a changed byte',
    (dist) => {
      appendFileSync(path.join(dist, 'index.js'), ' ');
    },
    'diff --git a/dist/index.js',
  ],
  [
    'an added file',
    (dist) => {
      writeFileSync(path.join(dist, 'added.js'), 'added();\n');
    },
    'deleted file mode',
  ],
  [
    'a removed file',
    (dist) => {
      rmSync(path.join(dist, 'licenses.txt'));
    },
    'new file mode',
  ],
])('fails for %s in the dist of a tag', (_name, tamper, difference) => {
  git(clone, 'reset', '--quiet', '--hard', tag);
  tamper(path.join(clone, 'dist'));
  git(clone, 'add', 'dist');
  git(
    clone,
    '-c',
    'user.name=x',
    '-c',
    'user.email=x',
    'commit',
    '--quiet',
    '--message',
    'Tampered',
  );
  const { status, stdout } = sh(command.slice(command.indexOf('npm run build')), clone);
  expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining(difference) });
});
