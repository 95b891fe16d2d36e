import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { nodeDisk } from '../../../src/edge/disk.ts';
import { onLinux } from '../../tools.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'disk-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(scratch, 'folder-'));
  mkdirSync(path.join(folder, 'k8s'));
});

describe('whether a folder ignores letter case', () => {
  onLinux(() => {
    test('not where no other spelling is found', async () => {
      expect(await nodeDisk('linux').ignoresCase(folder, 'k8s')).toBe(false);
    });

    test('not where both spellings are names of their own', async () => {
      mkdirSync(path.join(folder, 'K8S'));
      expect(await nodeDisk('linux').ignoresCase(folder, 'k8s')).toBe(false);
      expect(await nodeDisk('linux').ignoresCase(folder, 'K8S')).toBe(false);
    });

    test('where a spelling is found that is not listed, whatever number the file has by it, as with exFAT by FUSE', async () => {
      const disk = nodeDisk('linux');
      await disk.list(folder);
      mkdirSync(path.join(folder, 'K8S'));
      expect(await disk.ignoresCase(folder, 'k8s')).toBe(true);
    });
  });

  test('nobody can tell by a name without letters', async () => {
    writeFileSync(path.join(folder, '1.2'), '');
    expect(await nodeDisk(process.platform).ignoresCase(folder, '1.2')).toBe(false);
  });
});
