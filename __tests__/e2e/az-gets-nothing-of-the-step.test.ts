import { expect, test } from '@jest/globals';
import { needing } from '../tools.ts';
import { scene } from './support.ts';

const { run, workspace } = scene();

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
    expect(result.outputs['reason']).not.toMatch(/INPUT_|ACTIONS_|GITHUB_|RUNNER_(?!TRACKING_ID)|s3cret/);
  });
});
