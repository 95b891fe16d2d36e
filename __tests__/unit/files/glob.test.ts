import path from 'node:path';
import { create } from '@actions/glob';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { gathered, grown, type Tree } from './tree.ts';

/** What a pattern matches is what `@actions/glob` matches, as in `hashFiles`. */

const FOLDERS = ['a', 'ab', 'b', '.c', 'a-b', 'a-c-b'];
const FILES = ['a.yaml', 'b.yml', '.env', 'x[1]', 'a b', 'ü'];
const SHORT_WILDCARDS = ['*', '**', 'a*', '*b', '?', '[ab]', '[!a]*', '.*', '***', '[[:alpha:]]?'];
const LONG_WILDCARDS = ['*-*', 'a*-*b', '*-*-*', '**b', '*[b-]*', '[*]*'];
const WILDCARDS = [...SHORT_WILDCARDS, ...LONG_WILDCARDS];
const LITERALS = ['[a]', '[.]c'];
const LAST = ['*.yaml', '*.y?ml', '*.*', 'x[[]1]', 'x[1]', '[x]*', '[^.]*', '*', '*a*.*ml', '* *'];
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
    fc.constantFrom('', '', '/'),
  )
  .map(([folders, last, end]) => [...folders, last].join('/') + end);

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

test('for any tree and pattern, which takes or excludes', async () => {
  const lines = fc.array(patterns, { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(trees, lines, async (ws, all) => {
      const tree = { ws, temp: {} };
      const names = async (files: string) => {
        const given = { files, includeHidden: true, ifNoFilesFound: 'ignore' } as const;
        return (await gathered(tree, given)).names;
      };
      const everything = await names('**');
      for (const files of all) {
        const matched = await byPackage(`${grown(tree)}/ws`, files);
        expect({ files, names: await names(files) }).toEqual({ files, names: matched });
        const others = everything.filter((name) => !matched.includes(name));
        expect({ files, names: await names(`**\n!${files}`) }).toEqual({ files, names: others });
      }
    }),
    { numRuns: 20 },
  );
});
