import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { field, parseJson } from '../../src/text/json.ts';
import { atPrompt, environment, onCluster } from '../cli/support.ts';
import { onSmallDisk } from '../support/small-disk.ts';
import { scene } from './support.ts';
import { said } from '../support/said.ts';

const { azure, run, workspace } = scene();

/** Writes 350 KB, which do not fit on any disk here, and a step output. */
const LONG = 'echo name=value >>"$GITHUB_OUTPUT"; yes x | head -c 350000';

/** All files below a folder that the step may have left half written. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

const OWN_FILES = ['output', 'state', 'summary.md'];

onSmallDisk(300, (disk) => {
  test('the output does not fit into a file: the step succeeds, with a warning', async () => {
    const result = await run({ command: LONG }, { temp: disk });

    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ state: 'succeeded', name: 'value', 'output-file': '' });
    expect(result.outputs['output']).toHaveLength(96 * 1024);
    expect(result.log.shown).toContain('The output could not be written to a file: `ENOSPC');
    expect(filesIn(disk)).toEqual(OWN_FILES);
  });
});

onSmallDisk(60, (disk) => {
  afterEach(() => {
    for (const name of readdirSync(disk)) rmSync(path.join(disk, name), { recursive: true });
  });

  test('the output does not fit into the outputs: the step fails, the others are set', async () => {
    const result = await run({ command: LONG }, { temp: disk });

    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ state: 'succeeded', 'exit-code': '0', name: 'value' });
    expect(result.outputs['command-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(result.log.shown).toMatch(said('outputs-unwritable'));
    // It quotes the end of the output.
    expect(result.log.shown).toContain('The job summary could not be written: `ENOSPC');
    expect(result.summary).toBe('');
    expect(filesIn(disk)).toEqual(OWN_FILES);
  });

  test('at a prompt, the result does not fit: no part is left, and the step says so', async () => {
    const args = [...onCluster(azure()), '--result', path.join(disk, 'result.json'), '-c', LONG];
    const ended = await atPrompt(args, { cwd: workspace(), env: { ...environment(azure()) } });

    expect(ended.code).toBe(255);
    expect(ended.stdout).toHaveLength(350_000);
    expect(ended.stderr).toContain('The --result file could not be written: ENOSPC');
    expect(filesIn(disk)).toEqual([]);
  });

  test('at a prompt, the output does not fit: the result says that there is no file', async () => {
    const file = path.join(workspace(), 'result.json');
    const args = [...onCluster(azure()), '--result', file, '-c', LONG];
    const env = { ...environment(azure()), TMPDIR: disk };
    const ended = await atPrompt(args, { cwd: workspace(), env });

    expect(ended.code).toBe(0);
    expect(field(parseJson(readFileSync(file, 'utf8')), 'output-file')).toBe('');
    expect(ended.stderr).toContain('The output could not be written to a file: `ENOSPC');
    expect(filesIn(disk)).toEqual([]);
  });
});
