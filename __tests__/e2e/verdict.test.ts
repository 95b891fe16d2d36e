import { describe, expect, test } from '@jest/globals';
import { needing } from '../tools.ts';
import { expectGolden, scene } from './support.ts';

const { run, azure, workspace } = scene();

describe.each(['plain', 'entra'])('on the %s cluster', (cluster) => {
  test('a command that succeeds', async () => {
    const result = await run({ cluster, command: 'echo "hello from the cluster"' });

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toBe('');
    expect(result.outputs).toMatchObject({
      state: 'succeeded',
      'exit-code': '0',
      output: 'hello from the cluster\n',
      'output-truncated': 'false',
      reason: '',
    });
    await expectGolden(`succeeds-${cluster}.log`, result.log.shown);
    await expectGolden(`succeeds-${cluster}.md`, result.summary);
  });

  test('a command that exits 3', async () => {
    const result = await run({ cluster, command: 'echo before\nfalse || exit 3\necho after' });

    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ state: 'failed', 'exit-code': '3', output: 'before\n' });
    const errors = result.log.commands.filter(({ name }) => name === 'error');
    expect(errors.map(({ properties }) => properties)).toEqual([{ title: `${cluster}: exit code 3` }]);
    expect(errors[0]?.data).toContain('before');
    await expectGolden(`exits-3-${cluster}.log`, result.log.shown);
    await expectGolden(`exits-3-${cluster}.md`, result.summary);
  });
});

test.each([
  ['a code that is listed', '0,3', 3, 'succeeded', 0],
  ['any code', 'any', 200, 'succeeded', 0],
  ['a code that is not listed', '3', 0, 'failed', 1],
] as const)('allowed-exit-codes: %s', async (_name, allowed, code, state, exitCode) => {
  const result = await run({ command: `exit ${code}`, 'allowed-exit-codes': allowed });

  expect(result.exitCode).toBe(exitCode);
  expect(result.outputs).toMatchObject({ state, 'exit-code': String(code) });
});

test('the cluster by its resource ID, in any letter case', async () => {
  const plain = azure().runnerEnv();
  const id =
    `/SUBSCRIPTIONS/${plain['INPUT_SUBSCRIPTION-ID']}/resourcegroups/${plain['INPUT_RESOURCE-GROUP']}` +
    '/providers/microsoft.containerservice/MANAGEDCLUSTERS/plain';
  const result = await run({ cluster: id, 'resource-group': '', 'subscription-id': '', command: 'echo ok' });

  expect(result.outputs).toMatchObject({ state: 'succeeded', output: 'ok\n' });
});

test('a dry run signs in, packs and tells the size, and runs nothing', async () => {
  const before = azure().commands().length;
  const result = await run(
    { command: 'echo no', files: '*.yaml', 'dry-run': 'true' },
    { tree: { 'a.yaml': 'a: 1\n' } },
  );

  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ state: 'dry-run', 'exit-code': '', 'command-id': '', output: '' });
  expect(azure().commands()).toHaveLength(before);
  await expectGolden('dry-run.log', result.log.shown);
});

test('without a summary', async () => {
  const result = await run({ command: 'echo ok', summary: 'false' });

  expect(result.summary).toBe('');
  expect(result.outputs['state']).toBe('succeeded');
});

test('a certificate that is not trusted is final, and nothing was sent', async () => {
  const before = azure().commands().length;
  const result = await run({ command: 'echo no' }, { env: { NODE_EXTRA_CA_CERTS: '' } });

  expect(result.outputs).toMatchObject({ state: 'not-started', 'exit-code': '', 'command-id': '' });
  expect(result.outputs['reason']).toContain('does not trust the TLS certificate');
  expect(result.stdout).not.toContain('Retrying');
  expect(azure().commands()).toHaveLength(before);
  await expectGolden('untrusted-certificate.log', result.log.shown);
});

test('what is thrown where nobody waits for it changes no verdict', async () => {
  const stray = encodeURIComponent(
    'setTimeout(() => { throw new Error("stray") }, 150); setTimeout(() => Promise.reject("lost"), 150)',
  );
  const result = await run(
    { command: 'sleep 0.3; echo ok' },
    { env: { NODE_OPTIONS: `--import=data:text/javascript,${stray}` } },
  );

  expect(result.stderr).toBe('');
  expect(result.outputs).toMatchObject({ state: 'succeeded', output: 'ok\n' });
  expect(result.stdout).toContain('::debug::Unhandled error: stray');
  expect(result.stdout).toContain('::debug::Unhandled error: lost');
});

needing(['sh'], () => {
  test('without a sign-in of its own it asks az, which gets nothing of the step', async () => {
    const bin = await workspace({
      az: { content: '#!/bin/sh\nenv >&2; echo "ERROR: Please run az login" >&2; exit 1\n', mode: 0o755 },
    });
    const result = await run(
      { command: 'echo no', env: 'A=s3cret', 'client-id': '', 'tenant-id': '' },
      { env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } },
    );

    expect(result.outputs).toMatchObject({ state: 'not-started', 'command-id': '' });
    expect(result.outputs['reason']).toContain('az ended with exit code 1');
    expect(result.outputs['reason']).toContain('Please run az login');
    expect(result.outputs['reason']).toContain('PATH=');
    expect(result.outputs['reason']).not.toMatch(/INPUT_|ACTIONS_|GITHUB_|RUNNER_|s3cret/);
  });
});
