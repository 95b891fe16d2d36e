import { expect } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { scratch } from '../../support/scratch.ts';

const folder = scratch('pasted');

/** What `az` gets from each of its calls when `sh` runs these lines. */
export function azArguments(lines: readonly string[]): string[][] {
  const script = ["az() { printf '%s\\0' \"$@\"; printf '\\1'; }", ...lines].join('\n');
  const { status, stdout, stderr } = spawnSync('sh', ['-euc', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\x01').map((call) => call.split('\0').slice(0, -1));
}
