import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { zip, type PackedFile } from '../../../src/files/pack.ts';
import { problemWithName } from '../../../src/files/names.ts';
import { needing, onLinux } from '../../support/tools.ts';
import { scratch } from '../../support/scratch.ts';

/**
 * Nobody documents which program unpacks the zip in the pod, so whatever is sent has to survive all
 * of these.
 */

const top = scratch('unpackers');

type Unpack = (archive: string, folder: string) => unknown;

const run = (tool: string, ...args: string[]) =>
  execFileSync(tool, args, { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
const byNode: Unpack = (archive, folder) => {
  new AdmZip(archive).extractAllTo(folder, true, true);
};
const UNPACKERS: readonly (readonly [name: string, tool: string, Unpack])[] = [
  ['Info-ZIP', 'unzip', (archive, to) => run('unzip', '-qo', archive, '-d', to)],
  ['busybox', 'busybox', (archive, to) => run('busybox', 'unzip', '-qo', archive, '-d', to)],
  ['Python', 'python3', (archive, to) => run('python3', '-m', 'zipfile', '-e', archive, to)],
  ['Node', 'node', byNode],
];

/** Each file in a folder with what is in it; undefined if the unpacker refuses the archive. */
function unpacked(archive: Buffer, unpack: Unpack): Record<string, string> | undefined {
  const outer = mkdtempSync(path.join(top, 'a-'));
  const file = path.join(outer, 'a.zip');
  const folder = path.join(outer, 'deep/folder');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, archive);
  try {
    unpack(file, folder);
  } catch {
    return undefined;
  }
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = entries.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

const file = (name: string): PackedFile => ({
  path: name,
  content: Buffer.from(name),
  mode: 0o644,
});

/** A zip with a name that our own code would have corrected. */
function archiveOf(name: string): Buffer {
  const archive = new AdmZip();
  archive.addFile('name', Buffer.from(name)).entryName = name;
  return archive.toBuffer();
}

/** What is refused, an unpacker that changes it, and what it makes of it. */
const CHANGED: readonly (readonly [
  name: string,
  file: string,
  unpacker: string,
  becomes: string,
])[] = [
  [
    'a DEL before the script',
    '\u007f.aks-run-command/run.sh',
    'Info-ZIP',
    '.aks-run-command/run.sh',
  ],
  ['an escape', 'k8s/deploy\u001b.yaml', 'Info-ZIP', 'k8s/deploy.yaml'],
  ['a line break', 'k8s/deploy\n.yaml', 'Info-ZIP', 'k8s/deploy.yaml'],
  ['a version', 'k8s/deploy.yaml;1', 'Info-ZIP', 'k8s/deploy.yaml'],
  ['a version without a number', 'k8s/deploy.yaml;', 'Info-ZIP', 'k8s/deploy.yaml'],
  ['a backslash', 'k8s\\deploy.yaml', 'Node', 'k8s/deploy.yaml'],
  ['a dot', 'k8s/./deploy.yaml', 'Python', 'k8s/deploy.yaml'],
  ['two dots', 'k8s/../deploy.yaml', 'Python', 'k8s/deploy.yaml'],
  ['an empty segment', 'k8s//deploy.yaml', 'Python', 'k8s/deploy.yaml'],
  ['a slash first', '/k8s/deploy.yaml', 'Python', 'k8s/deploy.yaml'],
];

test.each([
  ...CHANGED.map(([name, file]) => [name, file] as const),
  ['a null', 'a\u0000b'],
  ['the last control character', 'a\u009f'],
  ['the last below the blank', 'a\u001fb'],
  ['a folder with a version', 'k8s;12/deploy.yaml'],
  ['dots at the end', 'k8s/..'],
])('refused, whether or not an unpacker at hand changes it: %s', (_name, name) => {
  expect(problemWithName(name)).toBe('unsafe-name');
});

test("the action's own folder, in any letters, is refused", () => {
  const names = ['.aks-run-command', '.AKS-Run-Command/run.sh', '.a\u212as-run-command/env.sh'];
  expect(names.map(problemWithName)).toEqual(names.map(() => 'own-folder'));
});

test('what no unpacker changes is taken', () => {
  const odd = ['a;b', 'a;1b', ';1.yaml', '...', '.a', 'a..b', 'a ', '文', 'app/.aks-run-command/x'];
  expect(odd.filter((name) => problemWithName(name) !== undefined)).toEqual([]);
});

onLinux(() => {
  describe.each(UNPACKERS)('%s', (own, tool, unpack) => {
    needing([tool], () => {
      const rows = CHANGED.filter(([, , unpacker]) => unpacker === own);
      if (rows.length > 0) {
        test.each(rows)('would change a name with %s', (_name, name, _unpacker, becomes) => {
          expect(Object.keys(unpacked(archiveOf(name), unpack) ?? {})).toEqual([becomes]);
        });
      }

      test('changes no name that is sent, whatever is in it', () => {
        const odd = Array.from(
          'aB.;1 ~$*?[]\'"\\|#U-ü漢😀\u007f\u001b\u0085\u00a0\u200b\u202e\ufeff',
        );
        const character = fc.constantFrom(...odd);
        const segment = fc.string({ unit: character, minLength: 1, maxLength: 6 });
        const name = fc
          .array(segment, { minLength: 1, maxLength: 3 })
          .map((segments) => segments.join('/'));
        const names = fc.uniqueArray(name, { minLength: 100, maxLength: 100 });
        fc.assert(
          fc.property(names, (all) => {
            // Each in a folder of its own, so that none is a folder of another.
            const taken = all
              .filter((one) => problemWithName(one) === undefined)
              .map((one, at) => `${at}/${one}`);
            const archive = zip(taken.map(file));
            expect(unpacked(archive, unpack)).toEqual(
              Object.fromEntries(taken.map((one) => [one, one])),
            );
          }),
          { numRuns: 4 },
        );
      });
    });
  });
});
