import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hides } from '../../../src/files/names.ts';
import {
  parseFilePattern,
  type FilePattern,
  type PatternRoot,
} from '../../../src/files/pattern.ts';

const LINUX: PatternRoot = { folders: ['/github/workspace'], windows: false, ignoresCase: false };
const WINDOWS: PatternRoot = { folders: ['D:/a/repo'], windows: true, ignoresCase: true };

function parse(line: string, root = LINUX): FilePattern {
  const pattern = parseFilePattern(line, root, (comparison) => comparison());
  if (typeof pattern === 'string') throw new Error(`${line} is refused: ${pattern}`);
  return pattern;
}

/** Whether any segment of a path hides it from the pattern. */
const isHidden = (path: string, pattern: FilePattern, includeHidden: boolean) =>
  path
    .split('/')
    .some((name, index, all) =>
      hides(name, index === all.length - 1, includeHidden, (text) => pattern.spellsOut(text)),
    );

describe('where a pattern is searched: the names before its first wildcard', () => {
  test.each<[string, readonly string[], PatternRoot?]>([
    ['k8s/', ['k8s']],
    ['.', ['']],
    ['.//k8s/./a.yaml', ['k8s/a.yaml']],
    ['/github/workspace//k8s', ['k8s']],
    ['/github/workspace', ['']],
    ['k8s/*.{yaml,yml}', ['k8s']],
    ['{k8s/base,chart}/*', ['k8s/base', 'chart']],
    ['a{b.yaml', ['a{b.yaml']],
    ['{a}.yaml', ['{a}.yaml']],
    ['a#b', ['a#b']],
    ['..a/a..b/.../~a', ['..a/a..b/.../~a']],
    ['a/***/b/a*b*c*', ['a']],
    ['[k]8s/[[]x]/[ab]', ['k8s/[x]']],
    ['a\\*b/[*]/?', ['a*b/*']],
    ['a/[!]/b[c', ['a']],
    ['k8s\\deep', ['k8s/deep'], WINDOWS],
    ['d:\\A\\Repo\\k8s', ['k8s'], WINDOWS],
    ['/etc/hosts', ['etc/hosts'], { ...LINUX, folders: ['/'] }],
  ])('%s', (line, starts, root = LINUX) => {
    expect(parse(line, root).searches.map(({ start }) => start.join('/'))).toEqual(starts);
  });
});

describe('what excludes', () => {
  test.each([
    ['!a', true],
    ['! a', true],
    ['!!a', false],
    ['! ! !a', true],
    ['a!', false],
  ])('%s', (line, excludes) => {
    expect(parse(line)).toMatchObject({ line, excludes });
  });
});

describe('what cannot be a pattern', () => {
  test.each<[string, string, string, PatternRoot?]>([
    ['an absolute path', '/etc/passwd', 'absolute path outside'],
    ['the root in other letters', '/GitHub/workspace/x', 'absolute path outside'],
    [
      'a folder beside the root whose name begins with its',
      '/github/workspaces/x',
      'absolute path outside',
    ],
    ['the parent', '..', '..'],
    ['up in the midst', 'a/../../x', '..'],
    ['the home folder', '~', 'home folder'],
    ['a file of it', '~/x', 'home folder'],
    ['a drive', '!C:\\x', 'absolute path outside'],
    ['another drive', 'C:/a/repo/k8s', 'absolute path outside', WINDOWS],
    [
      "the host's path in a container",
      '!/home/runner/work/shop/shop/k8s/*',
      'in a job with a container',
    ],
    ['a path of Git Bash', '/d/a/repo/k8s', 'Git Bash path. Write D:/', WINDOWS],
    ['up, with backslashes', '..\\x', '..', WINDOWS],
    ['a dot in brackets', 'a/[.]/b', 'in brackets or after a backslash'],
    ['a dot behind a backslash', '\\./b', 'in brackets or after a backslash'],
    ['two dots so', '[.]\\./b', 'in brackets or after a backslash'],
    ['a dot behind a backslash in brackets', 'a/[\\.]', 'in brackets or after a backslash'],
    ['two dots in part', '.[.]', 'in brackets or after a backslash'],
    ['four stars', 'k8s/*-*-*-*.yaml', 'more than three * between two slashes'],
    ['four stars in braces', '{a,*b*c**}', 'more than three * between two slashes'],
    ['a line that is longer than any path', 'a'.repeat(4097), 'longer than any path'],
    ['braces that multiply', '{a,b,c,d,e,f,g,h}'.repeat(3), 'more than 500 patterns'],
  ])('%s', (_name, line, why, root = LINUX) => {
    expect(parseFilePattern(line, root, (comparison) => comparison())).toEqual(
      expect.stringContaining(why),
    );
  });
});

describe('what an exclusion takes', () => {
  test.each<[string, string, boolean, PatternRoot?]>([
    ['k8s', 'k8s-old/a.yaml', false],
    ['*.yaml', 'k8s/a.yaml', false],
    ['.', 'k8s/.env', true],
    ['a*', '.a', false],
    ['*', '.a', true],
    ['A.yaml', 'a.yaml', true, WINDOWS],
    ['@(a|b)', 'a', false],
    ['#a', '#a', true],
  ])('%s: %s', (line, path, taken, root = LINUX) => {
    expect(parse(line, root).matches(path)).toBe(taken);
  });

  test.each([
    ['stars between dashes', '*-*-*x', '-'.repeat(250)],
    ['folders between stars', `${'**/a/'.repeat(20)}b`, 'a/'.repeat(250).slice(0, -1)],
    ['sets', '*[ab]*[ab]*[ab]c', 'a'.repeat(250)],
  ])('is known soon: %s', (_name, line, candidate) => {
    expect(parse(line).matches(candidate)).toBe(false);
  });
});

describe('what is hidden', () => {
  test.each([
    ['a dotfile', '.env', '**', false, true],
    ['a dotfile below', 'a/.env', 'a', false, true],
    ['what is below a dot-folder', '.github/workflows/w.yml', '**', false, true],
    ['a dotfile in a dot-folder that is spelled out', '.github/.secret', '.github', false, true],
    ['both spelled out', '.github/.secret', '.github/.secret', false, false],
    ['a pattern that begins with a dot', '.env.local', '.env*', false, false],
    ['any dotfile, asked for by its dot', '.env', '.*', false, false],
    ['a set is no spelling', '.env', '[.]env', false, true],
    ['.git, all included', 'a/.git/config', '**', true, true],
    ['.git by any dot', '.git/config', '.*', true, true],
    ['.git by the half of its name', '.git/config', '.gi*', true, true],
    ['.git by its short name', 'GIT~1/config', 'GIT~1', true, true],
    ['.git behind a character that macOS ignores', '.g\u200cit/config', '**', true, true],
    ['.git before a dot that Windows ignores', '.git./config', '**', true, true],
    ['.gitignore is no .git', '.gitignore', '**', true, false],
    ['.helmignore in a dot-folder', '.old/.helmignore', '**', false, true],
  ])('%s: %s by %s', (_name, path, line, includeHidden, hidden) => {
    expect(isHidden(path, parse(line), includeHidden)).toBe(hidden);
  });

  test('a folder that is hidden hides what is below it', () => {
    const name = fc.constantFrom('a', '.a', '.git', '.helmignore');
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 2, maxLength: 4 }),
        name,
        fc.boolean(),
        (names, line, includeHidden) => {
          const folder = names.slice(0, -1);
          fc.pre(!folder.includes('.helmignore'));
          fc.pre(isHidden(folder.join('/'), parse(line), includeHidden));
          expect(isHidden(names.join('/'), parse(line), includeHidden)).toBe(true);
        },
      ),
    );
  });
});
