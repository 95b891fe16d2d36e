import path from 'node:path';
import { create } from '@actions/glob';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { gathered, grown, type Tree } from './tree.ts';

/** What a pattern matches is what `@actions/glob` matches, as in `hashFiles`. */

const FOLDERS = ['a', 'ab', 'b', '.c', 'a-b'];
const FILES = ['a.yaml', 'b.yml', '.env', 'x[1]', 'a b', 'ü'];
const WILDCARDS = ['*', '**', 'a*', '*b', '?', '[ab]', '[!a]*', '*-*', '.*', '***', '[[:alpha:]]?'];
const LITERALS = ['[a]', '[.]c'];
const LAST = ['*.yaml', '*.y?ml', '*.*', 'x[[]1]', 'x[1]', '[x]*', '[^.]*', '*'];
// On Windows, a backslash separates folders.
if (path.sep === '/') {
  LITERALS.push('a\\b', '\\a');
  LAST.push('a\\ b');
}

const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...FILES), { maxLength: 4 }),
      fc.uniqueArray(fc.constantFrom(...FOLDERS), { maxLength: 3 }),
      fc.array(fc.option(tie('tree'), { nil: {}, depthSize: 'small' }), {
        minLength: 3,
        maxLength: 3,
      }),
    )
    .map(([files, folders, below]) => ({
      ...Object.fromEntries(files.map((name) => [name, ''])),
      ...Object.fromEntries(folders.map((name, index) => [name, below[index] ?? {}])),
    })),
}));

const patterns = fc
  .tuple(
    fc.array(fc.constantFrom(...FOLDERS, ...WILDCARDS, ...LITERALS), { maxLength: 3 }),
    fc.constantFrom(...FOLDERS, ...FILES, ...LAST, '**'),
  )
  .map(([folders, last]) => [...folders, last].join('/'));

async function byPackage(folder: string, pattern: string): Promise<string[]> {
  // The package writes workflow commands to stdout.
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const options = { followSymbolicLinks: false, matchDirectories: false };
    const found = await (await create(`${folder}/${pattern}`, options)).glob();
    return found.map((name) => path.relative(folder, name).replaceAll(path.sep, '/')).sort();
  } finally {
    write.mockRestore();
  }
}

test('for any tree and pattern', async () => {
  await fc.assert(
    fc.asyncProperty(
      trees,
      fc.array(patterns, { minLength: 10, maxLength: 10 }),
      async (ws, all) => {
        const top = grown({ ws, temp: {} });
        for (const files of all) {
          const given = { files, includeHidden: true, ifNoFilesFound: 'ignore' } as const;
          const { names } = await gathered(top, given);
          expect({ files, names }).toEqual({ files, names: await byPackage(`${top}/ws`, files) });
        }
      },
    ),
    { numRuns: 50 },
  );
});
