import { describe, expect, test } from '@jest/globals';
import { parseFilePattern, splitGlob, type FilePattern } from '../../../src/files/pattern.ts';

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

describe('what cannot be a pattern', () => {
  const OUT = 'leads out of the working directory';
  test.each<[name: string, line: string, why: string, on?: typeof LINUX]>([
    ['an absolute path', '/etc/passwd', OUT],
    ['the root in other letters', '/GitHub/workspace/x', OUT],
    ['a folder beside the root whose name begins with its', '/github/workspaces/x', OUT],
    ['the parent', '..', OUT],
    ['up in the midst', 'a/../../x', OUT],
    ['up, in brackets and behind a backslash', '[.]\\./b', OUT],
    ['up from a wildcard', 'a/*/../x', 'has .. after a wildcard'],
    ['the home folder', '~', OUT],
    ['a file of it', '~/x', OUT],
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
