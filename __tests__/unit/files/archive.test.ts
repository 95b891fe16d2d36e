import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { zip, type PackedFile } from '../../../src/files/pack.ts';
import { needing } from '../../support/tools.ts';
import { scratch } from '../../support/scratch.ts';

const top = scratch('archive');

const file = (name: string, content: string | Buffer = 'x', mode = 0o644): PackedFile => ({
  path: name,
  content: Buffer.from(content),
  mode,
});

/** What the real `unzip` makes of a zip: path, mode and content in hex. */
function unzipped(archive: Buffer): string[] {
  const folder = mkdtempSync(path.join(top, 'a-'));
  const archiveFile = `${folder}.zip`;
  writeFileSync(archiveFile, archive);
  execFileSync('unzip', ['-q', archiveFile, '-d', folder], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((name) =>
      shown(path.relative(folder, name), statSync(name).mode & 0o777, readFileSync(name)),
    )
    .sort();
}

const shown = (name: string, mode: number, content: Buffer) =>
  `${name} ${mode.toString(8)} ${content.toString('hex')}`;
const expected = (files: readonly PackedFile[]) =>
  files.map(({ path: name, mode, content }) => shown(name, mode, content)).sort();

/** What other programs take for an option, a member of an object, or the same name. */
const ODD = ['-rf', '--help', 'constructor', '__proto__', 'README', 'readme', 'k8s/ü 漢😀'];
const anyFile = fc.record({
  path: fc.constantFrom('k8s/a.yaml', 'k8s/deep/b.yaml', ...ODD),
  mode: fc.constantFrom(0o644, 0o755, 0o600, 0o400, 0o555),
  content: fc
    .oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(20_000)))
    .map((bytes) => Buffer.from(bytes)),
});
const files = fc.uniqueArray(anyFile, { selector: ({ path: own }) => own, minLength: 1 });

needing(['unzip'], () => {
  test('unzip gives back paths, bytes and modes', () => {
    const check = (all: PackedFile[]) => {
      expect(unzipped(zip(all))).toEqual(expected(all));
    };
    fc.assert(fc.property(files, check), { numRuns: 30 });
  });

  test('a stored file keeps the size of the zip, whatever is in it', () => {
    const texts = ['a'.repeat(50), 'dkfjlsifjwlekfjslkdjfoiwejflksdjfiowejflskdjfoisef'];
    const archives = texts.map((text) => {
      const all: PackedFile[] = [{ ...file('a', text), stored: true }, file('b', 'b'.repeat(100))];
      expect(unzipped(zip(all))).toEqual(expected(all));
      return zip(all).length;
    });
    expect(new Set(archives).size).toBe(1);
  });
});

test('the same files in any order give the same bytes', () => {
  const shuffled = files.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  const check = ([one, other]: [PackedFile[], PackedFile[]]) => {
    expect(zip(one).equals(zip(other))).toBe(true);
  };
  fc.assert(fc.property(shuffled, check));
});

test('no byte of a zip depends on the machine or the day', () => {
  const all = [
    file('b', ''),
    file('a', 'x'.repeat(99)),
    { ...file('C', 'x'.repeat(99)), stored: true as const },
  ];
  const entries = new AdmZip(zip(all)).getEntries();
  const facts = entries.map(({ entryName, header }) => [
    entryName,
    header.method,
    header.made,
    header.time.getTime(),
  ]);
  const firstDay = new Date(1980, 0, 1).getTime();

  expect(facts).toEqual([
    ['C', 0, 0x0314, firstDay],
    ['a', 8, 0x0314, firstDay],
    ['b', 0, 0x0314, firstDay],
  ]);
});
