import path from 'node:path';
import { create } from '@actions/glob';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import {
  parseFilePattern,
  problemWithPattern,
  splitGlob,
  type FilePattern,
} from '../../../src/files/pattern.ts';
import { gathered, grown, type Tree } from './tree.ts';

const LINUX = { root: '/github/workspace', windows: false };
const WINDOWS = { root: 'D:/a/repo', windows: true };

const read = (line: string, on = LINUX) => parseFilePattern(line, [on.root], on.windows);

function parse(line: string, on = LINUX): FilePattern {
  const pattern = read(line, on);
  if ('problem' in pattern) throw new Error(`${line} is refused: ${pattern.problem.plain}`);
  return pattern;
}

describe('globs, relative to the root', () => {
  test.each<[string, readonly string[], typeof LINUX?]>([
    ['k8s/', ['k8s']],
    ['.', ['**']],
    ['.//k8s/./a.yaml', ['k8s/a.yaml']],
    ['/github/workspace//k8s', ['k8s']],
    ['/github/workspace', ['**']],
    ['{k8s/*,chart}.{yaml,yml}', ['k8s/*.yaml', 'k8s/*.yml', 'chart.yaml', 'chart.yml']],
    ['a{b.yaml', ['a{b.yaml']],
    ['{a}.yaml', ['{a}.yaml']],
    ['a#b', ['a#b']],
    ['..a/a..b/.../~a', ['..a/a..b/.../~a']],
    ['a.yaml/**', ['a.yaml']],
    ['a/***/b/**/**', ['a/***/b']],
    ['a/[.]/\\./[\\.]/b', ['a/b']],
    ['a/b/../../c/./..', ['**']],
    ['k8s\\deep', ['k8s/deep'], WINDOWS],
    ['d:\\A\\Repo\\k8s', ['k8s'], WINDOWS],
    ['/etc/hosts', ['etc/hosts'], { ...LINUX, root: '/' }],
  ])('%s', (line, globs, on = LINUX) => {
    expect(parse(line, on).globs).toEqual(globs);
  });
});

describe('the folders that a glob names before its first wildcard', () => {
  test.each([
    ['a.yaml', '', 'a.yaml'],
    ['k8s/deep/a.yaml', 'k8s/deep', 'a.yaml'],
    ['a/***/b/c', 'a', '***/b/c'],
    ['[k]8s/[[]x]/[ab]/c', 'k8s/[x]', '[ab]/c'],
    ['a\\*b/[*]/?', 'a*b/*', '?'],
    ['a/[!]/b[c/d', 'a', '[!]/b[c/d'],
  ])('%s', (glob, start, rest) => {
    expect(splitGlob(glob)).toEqual({ start, rest });
  });
});

describe('what excludes', () => {
  test.each<[line: string, excludes: boolean]>([
    ['!a', true],
    ['! a', true],
    ['!!a', false],
    ['! ! !a', true],
    ['a!', false],
  ])('%s', (line, excludes) => {
    expect(parse(line)).toMatchObject({ line, excludes });
  });
});

describe('what cannot be a pattern, whatever the disk and the system', () => {
  test.each<[name: string, line: string, isProblem: boolean]>([
    ['a parent', '../x', true],
    ['an excluded parent', '! ../x', true],
    ['a parent in braces', '{a,../x}', true],
    ['a parent by a backslash, which is a folder on Windows only', '..\\x', false],
    ['a parent of two folders on Windows, and of one elsewhere', 'a\\b/../../x', false],
    ['a folder and its parent', 'a/../x', false],
    ['an absolute path, which may lead into the workspace', '/repo/x', false],
    ['one in braces', '{a,/repo/../x}', false],
    ['a disk of Windows', 'C:/repo/x', false],
    ['the home folder', '~/x', true],
  ])('%s', (_name, line, isProblem) => {
    expect(problemWithPattern(line) !== undefined).toBe(isProblem);
  });

  test('property: what is refused is refused on every disk', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      'a',
      '*',
      '/',
      '\\',
      '{',
      '}',
      ',',
      '!',
      ' ',
      '~',
      'c:',
    );
    const roots = ['/repo', 'c:/repo', '/'];
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = pieces.join('');
        if (problemWithPattern(line) === undefined) return;
        for (const root of roots) {
          for (const windows of [true, false]) {
            expect(parseFilePattern(line, [root], windows)).toHaveProperty('problem');
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what cannot be a pattern', () => {
  const OUT = 'leads out of the working directory';
  test.each<[name: string, line: string, why: string, on?: typeof LINUX]>([
    ['an absolute path', '/etc/passwd', OUT],
    ['the root in other letters', '/GitHub/workspace/x', OUT],
    ['a folder beside the root whose name begins with its', '/github/workspaces/x', OUT],
    ['up in the midst', 'a/../../x', OUT],
    ['up, in brackets and behind a backslash', '[.]\\./b', OUT],
    ['up from a wildcard', 'a/*/../x', 'has ".." after a wildcard'],
    ['the home folder', '~', OUT],
    ['a drive', '!C:\\x', OUT],
    ['another drive', 'C:/a/repo/k8s', OUT, WINDOWS],
    ['a path of Git Bash', '/d/a/repo/k8s', OUT, WINDOWS],
    ['up, with backslashes', '..\\x', OUT, WINDOWS],
    ['a line that is longer than any path', 'a/'.repeat(2049), 'longer than any path'],
    ['a name that is longer than any', `k8s/${'a'.repeat(256)}`, 'longer than any path'],
    ['braces that multiply', '{a,b,c,d,e,f,g,h}'.repeat(3), 'more than 500 patterns'],
  ])('%s', (_name, line, why, on = LINUX) => {
    expect(read(line, on)).toEqual({
      problem: expect.objectContaining({ plain: expect.stringContaining(why) }),
    });
  });
});

describe('what an exclusion takes', () => {
  test.each<[line: string, path: string, taken: boolean, on?: typeof LINUX]>([
    ['k8s', 'k8s-old/a.yaml', false],
    ['*.yaml', 'k8s/a.yaml', false],
    ['.', 'k8s/.env', true],
    ['a*', '.a', false],
    ['*', '.a', true],
    ['A.yaml', 'a.yaml', true, WINDOWS],
    ['@(a|b)', 'a', false],
    ['#a', '#a', true],
  ])('%s: %s', (line, path, taken, on = LINUX) => {
    expect(parse(line, on).matches(path)).toBe(taken);
  });
});

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

test('any pattern takes and excludes what `@actions/glob` matches in any tree, as in `hashFiles`', async () => {
  const lines = fc.array(patterns, { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(trees, lines, async (ws, all) => {
      const tree = { ws };
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
    { numRuns: 15 },
  );
});
