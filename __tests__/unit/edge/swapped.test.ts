import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeEach, expect, test } from '@jest/globals';
import { nodeDisk } from '../../../src/edge/disk.ts';
import type { Disk } from '../../../src/files/disk.ts';
import { gatherFiles } from '../../../src/files/gather.ts';
import { onLinux } from '../../tools.ts';
import { scratch } from '../../scratch.ts';
import { ports } from '../ports.ts';

const top = scratch('swap');
let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(path.join(top, 'workspace-'));
  for (const folder of ['app', '.git']) mkdirSync(path.join(workspace, folder));
  writeFileSync(path.join(workspace, 'app/config'), 'a: 1\n');
  writeFileSync(path.join(workspace, '.git/config'), 'AUTHORIZATION: basic TOKEN\n');
});

const REQUEST = {
  patterns: ['app'],
  workingDirectory: '',
  ifNoFilesFound: 'error',
  includeHidden: false,
} as const;

const inside = (name: string) => path.join(workspace, name);

/**
 * What leads to the checkout's token takes the place of the file, or of the folder that holds it.
 */
const SWAPS = {
  'the file becomes a link': () => {
    rmSync(inside('app/config'));
    symlinkSync('../.git/config', inside('app/config'));
  },
  'the file becomes another': () => {
    renameSync(inside('.git/config'), inside('app/config'));
  },
  'its folder becomes a link': () => {
    renameSync(inside('app'), inside('before'));
    symlinkSync('.git', inside('app'));
  },
};

/** The code of a program that runs beside the step. */
const SWAP = `
const { workerData: { workspace, ended }, parentPort } = require('node:worker_threads');
const fs = require('node:fs');
const at = (name) => workspace + '/' + name;
fs.symlinkSync('.git', at('link'));
parentPort.postMessage('ready');
while (Atomics.load(new Int32Array(ended), 0) === 0) {
  const moves = [['app', 'aside'], ['link', 'app'], ['app', 'link'], ['aside', 'app']];
  for (const [from, to] of moves) fs.renameSync(at(from), at(to));
}`;

onLinux(() => {
  for (const moment of ['stat', 'read'] as const) {
    // A file that takes the place of another before anybody looks is a file of the workspace,
    // whatever it was.
    const rows = Object.entries(SWAPS).filter(
      ([name]) => moment === 'read' || name !== 'the file becomes another',
    );
    test.each(rows)(
      `before ${moment}(): %s, and nothing of the token is read`,
      async (_name, swap) => {
        const disk = nodeDisk(process.platform);
        const swapping: Disk = {
          ...disk,
          [moment]: (...given: Parameters<Disk['read']>) => {
            if (given[0] === inside('app/config')) swap();
            return disk[moment](...given);
          },
        };
        const world = {
          ...ports(),
          disk: swapping,
          allowedFolders: { workspace, temp: undefined },
        };
        const selected = gatherFiles(REQUEST, world, () => undefined);
        await expect(selected).rejects.toMatchObject({
          failure: { code: 'files', problem: { path: 'app/config' } },
        });
      },
    );
  }

  test('while a folder and a link change places, only its own file is read', async () => {
    const ended = new SharedArrayBuffer(4);
    const swapping = new Worker(SWAP, { eval: true, workerData: { workspace, ended } });
    await once(swapping, 'message');
    const disk = nodeDisk(process.platform);
    const token = await disk.stat(inside('.git/config'));
    const one = () => disk.read(inside('app/config'), token).catch(() => undefined);
    const read: (Buffer | undefined)[] = [];
    for (let times = 0; times < 200; times++)
      read.push(...(await Promise.all(Array.from({ length: 16 }, one))));
    Atomics.store(new Int32Array(ended), 0, 1);
    await once(swapping, 'exit');

    expect(read.filter((content) => content !== undefined)).toEqual([]);
  });
});
