import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Linter } from 'eslint';
import { field, parseJson } from '../../src/text/json.ts';
import { scratch } from '../support/scratch.ts';
import { BUNDLE, execute } from './support.ts';

const FOLDER = join(BUNDLE, '..');

/** Runs a file of the bundle after a line of JavaScript. */
const after = (
  line: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  file = 'index.js',
) => {
  const before = `data:text/javascript,${encodeURIComponent(line)}`;
  return execute(process.execPath, ['--import', before, join(FOLDER, file), ...args], { env });
};

const onNode = (version: string) => {
  const versions = `{ ...process.versions, node: '${version}' }`;
  return `Object.defineProperty(process, 'versions', { value: ${versions} });`;
};

test.each(['index.js', 'post.js'])('%s parses where Node is years too old', (file) => {
  // Node 12 has everything of 2020 that a module needs, and not yet these.
  const younger = ['ChainExpression', "LogicalExpression[operator='??']", 'BigIntLiteral'];
  const problems = new Linter().verify(readFileSync(join(FOLDER, file), 'utf8'), {
    languageOptions: { ecmaVersion: 2020, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { 'no-restricted-syntax': ['error', ...younger] },
  });
  expect(problems).toEqual([]);
});

const engines = field(
  field(parseJson(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')), 'engines'),
  'node',
);
const needed = String(engines).replace('>=', '');

test.each(['12.22.12', '22.20.1'])('Node %s: one sentence, and nothing ran', async (version) => {
  expect(await after(onNode(version), ['--version'])).toEqual({
    code: 125,
    signal: null,
    stdout: '',
    stderr: `aks-run-command needs Node.js ${needed} or later, but runs on ${version}.\n`,
  });
  const action = await after(onNode(version), [], { INPUT_CLUSTER: 'prod' });
  expect(action).toMatchObject({ code: 1, stderr: '' });
  expect(action.stdout).toBe(
    `::error::The action needs Node.js ${needed} or later, but runs on ${version}. Update ` +
      'the runner. On 32-bit ARM, runners have only older versions.\n',
  );
});

const incomplete = scratch('incomplete');
for (const file of ['index.js', 'post.js', 'package.json']) {
  cpSync(join(FOLDER, file), join(incomplete, file));
}

test('a post step without a state needs no other file of the bundle, whatever Node it is', async () => {
  const silent = { code: 0, signal: null, stdout: '', stderr: '' };
  const env = { INPUT_CLUSTER: 'prod', INPUT_COMMAND: 'true' };
  expect(await execute(process.execPath, [join(incomplete, 'post.js')], { env })).toEqual(silent);
  expect(await after(onNode('12.22.12'), [], env, 'post.js')).toEqual(silent);
});

test.each([`${needed}.0`, '22.100.0', '100.1.0'])('Node %s is new enough', async (version) => {
  expect(await after(onNode(version), ['--version'])).toMatchObject({ code: 0, stderr: '' });
});

/** How the bundle is started, and the exit code of a failure that nobody can explain. */
const DOORS = [
  ['at a prompt, nobody can tell', 'index.js', 255, ['--help'], {}],
  ['a step has failed', 'index.js', 1, [], { INPUT_CLUSTER: '' }],
  ['a post step has failed', 'post.js', 1, [], { STATE_open: 'x' }],
] as const;

test.each(DOORS)(
  'a bundle of which a file is missing: %s',
  async (_name, file, code, args, env) => {
    const ended = await execute(process.execPath, [join(incomplete, file), ...args], { env });
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain('ERR_MODULE_NOT_FOUND');
  },
);

// Without a state that can be read, the post step has a verdict at once.
test.each(DOORS.slice(0, 2))(
  'a process that ends without a verdict: %s',
  async (_name, file, code, args, env) => {
    // Nothing is ever reported as written, so whatever waits for that never continues.
    const silent = 'process.stdout.write = () => true;';
    expect(await after(silent, args, env, file)).toMatchObject({ code, stdout: '' });
  },
);
