import { describe, expect, test } from '@jest/globals';
import { parseFilePattern, type FilePattern } from '../../../src/files/pattern.ts';

const LINUX = { root: '/github/workspace', windows: false, ignoresCase: false };
const MACOS = { ...LINUX, ignoresCase: true };
const WINDOWS = { root: 'D:/a/repo', windows: true, ignoresCase: true };

const read = (line: string, on = LINUX) =>
  parseFilePattern(line, [on.root], on, (compare) => compare());

function parse(line: string, on = LINUX): FilePattern {
  const pattern = read(line, on);
  if ('problem' in pattern) throw new Error(`${line} is refused: ${pattern.problem}`);
  return pattern;
}

describe('where a pattern is searched: the names before its first wildcard', () => {
  test.each<[string, readonly string[], typeof LINUX?]>([
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
    ['/etc/hosts', ['etc/hosts'], { ...LINUX, root: '/' }],
  ])('%s', (line, starts, on = LINUX) => {
    expect([...parse(line, on).searches.keys()]).toEqual(starts);
  });
});

const TEN = Array.from({ length: 10 }, (_, index) => `${index}*`);

describe('what the package is asked for', () => {
  test.each<[name: string, line: string, globs: readonly string[], on?: typeof LINUX]>([
    ['a cheap glob, as it is', '{*,a*b/[x]?/c.yaml,?.[ab]*}', ['*', 'a*b/[x]?/c.yaml', '?.[ab]*']],
    ['everything', '.', ['**']],
    ['the first and the last part around stars', '{a-*.*.*ml,*-*}', ['a-*ml', '*']],
    ['no more than two stars that lead everywhere', 'a*/**/b/**/c*', ['a*/**']],
    ['everything, and then nothing else', '{a*,**/x}', ['**']],
    ['three stars are one', '***/x', ['*/x']],
    ['each once', '{*-*.yaml,*.*.yaml,*-*-*.yaml}', ['*.yaml']],
    ['a star for stars among brackets', '{[*]a*,\\**,a*/[ab]*[cd]*}', ['*', 'a*/*']],
    ['a star for what the package would trim or divide', '{*/a ,a\r*}', ['*/*', '*']],
    ['ten at most', `{${TEN.join()}}`, TEN],
    ['everything instead of eleven', `{${TEN.join()},k*}`, ['**']],
    ['?, because it does not ignore letter case on macOS', 'k8s-*.Y*ML/**', ['?8?-*??'], MACOS],
    ['a star for brackets there', '[a]*/*.md', ['*/*.??'], MACOS],
    ['a star for accented letters there', '*ü/ü?/a?', ['*/*/*'], MACOS],
  ])('%s', (_name, line, globs, on = LINUX) => {
    expect([...parse(line, on).searches.values()].flat()).toEqual(globs);
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

describe('what cannot be a pattern', () => {
  test.each<[name: string, line: string, why: string, on?: typeof LINUX]>([
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
  ])('%s', (_name, line, why, on = LINUX) => {
    expect(read(line, on)).toEqual({ problem: expect.stringContaining(why) });
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

  test.each([
    ['stars between dashes', '*-*-*x', '-'.repeat(250)],
    ['folders between stars', `${'**/a/'.repeat(20)}b`, 'a/'.repeat(250).slice(0, -1)],
    ['sets', '*[ab]*[ab]*[ab]c', 'a'.repeat(250)],
  ])('is known soon: %s', (_name, line, candidate) => {
    expect(parse(line).matches(candidate)).toBe(false);
  });
});
