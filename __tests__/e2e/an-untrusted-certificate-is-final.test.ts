import { expect, test } from '@jest/globals';
import { expectGolden, scene } from './support.ts';

const { run, azure } = scene();

test('nothing was sent, and nothing is tried again', async () => {
  const before = azure().commands().length;
  const result = await run({ command: 'echo no' }, { env: { NODE_EXTRA_CA_CERTS: '' } });

  expect(result.outputs).toMatchObject({ state: 'not-started', 'exit-code': '', 'command-id': '' });
  expect(result.outputs['reason']).toContain('does not trust the TLS certificate');
  expect(result.stdout).not.toContain('Retrying');
  expect(azure().commands()).toHaveLength(before);
  await expectGolden('untrusted-certificate.log', result.log.shown);
});
