import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { zip, type PackedFile } from '../../../src/files/archive.ts';
import { needing } from '../../tools.ts';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'archive-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const file = (name: string, content: string | Buffer = 'x', mode = 0o644): PackedFile => ({
  path: name,
  content: Buffer.from(content),
  mode,
});

/** What the real `unzip` makes of a zip: path, mode and content in hex. */
function unzipped(archive: Buffer): string[] {
  const folder = mkdtempSync(path.join(scratch, 'a-'));
  const archiveFile = `${folder}.zip`;
  writeFileSync(archiveFile, archive);
  execFileSync('unzip', ['-q', archiveFile, '-d', folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((name) => {
      const { mode } = statSync(name);
      return shown(path.relative(folder, name), mode & 0o777, readFileSync(name));
    })
    .sort();
}

const shown = (name: string, mode: number, content: Buffer) => `${name} ${mode.toString(8)} ${content.toString('hex')}`;
const expected = (files: readonly PackedFile[]) =>
  files.map(({ path: name, mode, content }) => shown(name, mode, content)).sort();

const segment = fc.string({
  unit: fc.constantFrom(...Array.from('aB-_. ~$*?[]\'"\\ü漢😀')),
  minLength: 1,
  maxLength: 8,
});
const name = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) => segments.map((text) => `f${text}e`).join('/'));
const anyFile = fc.record({
  path: name,
  mode: fc.constantFrom(0o644, 0o755, 0o600, 0o400, 0o555),
  content: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(20_000))).map((b) => Buffer.from(b)),
});
/** Files that can stand beside each other: none is a folder of another. */
const files = fc
  .uniqueArray(anyFile, { selector: ({ path: own }) => own, maxLength: 6 })
  .filter((all) => !all.some((a) => all.some((b) => b.path.startsWith(`${a.path}/`))));

needing(['unzip'], () => {
  test('unzip gives back paths, bytes and modes', async () => {
    await fc.assert(
      fc.asyncProperty(
        files.filter((all) => all.length > 0),
        async (all) => {
          expect(unzipped(await zip(all))).toEqual(expected(all));
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each([
    ['a backslash is part of a name, no separator', ['a\\b', 'a/b']],
    ['names that differ in case', ['README', 'readme']],
    ["JavaScript's own names", ['constructor', '__proto__', 'toString']],
    ['a dash in front', ['-rf', '--help']],
    ['blanks', [' a ', 'b c']],
    ['dotfiles', ['.env', '.github/workflows/w.yml']],
  ])('%s', async (_name, names) => {
    const all = names.map((text) => file(text, text));

    expect(unzipped(await zip(all))).toEqual(expected(all));
  });

  test('an empty file, and one of bytes that are no text', async () => {
    const all = [file('empty', ''), file('bytes', Buffer.from([0, 255, 10, 13, 0]))];

    expect(unzipped(await zip(all))).toEqual(expected(all));
  });

  test('files of every size, side by side, arrive whole, and give the same bytes each time', async () => {
    const all = [0, 1, 16_384, 16_385, 65_535, 65_536, 300_000, 300_001].map((bytes) =>
      file(
        `of-${bytes}`,
        Array.from({ length: bytes / 8 + 1 }, (_, index) => index.toString(36).padStart(8))
          .join('')
          .slice(0, bytes),
      ),
    );
    const archive = await zip(all);

    expect(unzipped(archive)).toEqual(expected(all));
    for (let again = 0; again < 2; again++) expect((await zip(all)).equals(archive)).toBe(true);
  });

  test('a stored file keeps the size of the zip, whatever is in it', async () => {
    const sizes = ['a'.repeat(50), 'dkfjlsifjwlekfjslkdjfoiwejflksdjfiowejflskdjfoisef'].map(async (text) => {
      const all: PackedFile[] = [{ ...file('a', text), stored: true }, file('b', 'b'.repeat(100))];
      const archive = await zip(all);
      expect(unzipped(archive)).toEqual(expected(all));
      return archive.length;
    });
    expect(new Set(await Promise.all(sizes)).size).toBe(1);
  });
});

test('the same files in any order give the same bytes', async () => {
  const shuffled = files.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([one, other]) => {
      expect((await zip(one)).equals(await zip(other))).toBe(true);
    }),
  );
});

test('while many small files are packed, what else is due has its turn', async () => {
  let hadItsTurn = false;
  setImmediate(() => {
    hadItsTurn = true;
  });
  await zip(Array.from({ length: 10 }, (_, index) => file(`of-${index}`, 'x'.repeat(60_000))));
  expect(hadItsTurn).toBe(true);
});

test('what compresses is compressed', async () => {
  for (const bytes of [10_000, 100_000]) {
    expect((await zip([file('a', 'a'.repeat(bytes))])).length).toBeLessThan(1000);
  }
});

test('no byte of a zip depends on the machine or the day', async () => {
  const all = [
    file('b', ''),
    file('a', 'x'.repeat(99)),
    { ...file('C', 'x'.repeat(99)), stored: true as const },
    file('d'),
  ];
  const entries = new AdmZip(await zip(all)).getEntries();

  expect(entries.map(({ entryName, header }) => [entryName, header.method, header.made])).toEqual([
    ['C', 0, 0x0314],
    ['a', 8, 0x0314],
    ['b', 0, 0x0314],
    ['d', 8, 0x0314],
  ]);
  expect(new Set(entries.map(({ header }) => header.time.getTime()))).toEqual(
    new Set([new Date(1980, 0, 1).getTime()]),
  );
});
