import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isHidden, parseFilePattern, type FilePattern } from '../../../src/files/file-pattern.ts';

const ROOT = '/github/workspace';

function parse(line: string, root = ROOT, platform = 'linux'): FilePattern {
  const pattern = parseFilePattern(line, root, platform);
  if (!pattern) throw new Error(`${line} is refused`);
  return pattern;
}

describe('what a pattern takes', () => {
  test.each([
    ['a file', 'a.yaml', 'a.yaml', true],
    ['not a file of that name elsewhere', 'a.yaml', 'b/a.yaml', false],
    ['a star within a segment', 'k8s/*.yaml', 'k8s/a.yaml', true],
    ['a star takes what is below a folder that it matches', 'k8s/*', 'k8s/deep/a.yaml', true],
    ['a star does not cross a slash by itself', 'k8s/*.yaml', 'k8s/deep/a.yaml', false],
    ['a folder and everything below it', 'k8s', 'k8s/deep/a.yaml', true],
    ['not a folder whose name only begins so', 'k8s', 'k8s-old/a.yaml', false],
    ['a slash at the end', 'k8s/', 'k8s/a.yaml', true],
    ['two stars', '**/*.yaml', 'a/b/c.yaml', true],
    ['two stars, no folder between', '**/*.yaml', 'c.yaml', true],
    ['two stars in the midst', 'a/**/c.yaml', 'a/c.yaml', true],
    ['the root', '.', 'a/b', true],
    ['the root, with a slash', './', 'a', true],
    ['a leading ./', './k8s/a.yaml', 'k8s/a.yaml', true],
    ['an absolute path below the root', '/github/workspace/k8s', 'k8s/a.yaml', true],
    ['the root as an absolute path', '/github/workspace', 'a', true],
    ['a question mark', 'a?.yaml', 'ab.yaml', true],
    ['a set', '[ab].yaml', 'b.yaml', true],
    ['an escaped star is a star', 'a\\*.yaml', 'ab.yaml', false],
    ['braces are no pattern', '{a,b}.yaml', 'a.yaml', false],
    ['letter case counts', 'A.yaml', 'a.yaml', false],
    ['a hash within a line is no comment', 'a#b', 'a#b', true],
  ])('%s: %s', (_name, line, path, taken) => {
    expect(parse(line).matches(path)).toBe(taken);
  });

  test('a folder is looked into where something below it may be taken', () => {
    const folders = ['k8s', 'k8s/deep', 'docs'];
    const into = (line: string) => folders.filter((folder) => parse(line).mayMatchBelow(folder));

    expect(into('k8s/deep/*.yaml')).toEqual(['k8s', 'k8s/deep']);
    expect(into('k8s')).toEqual(['k8s', 'k8s/deep']);
    expect(into('**/x')).toEqual(folders);
    expect(into('.')).toEqual(folders);
    expect(into('x')).toEqual([]);
  });

  test('every folder above a path that a pattern takes is looked into: no link hides from the walk', () => {
    const segment = fc.string({ unit: fc.constantFrom(...Array.from('ab.*?[]!-\\')), minLength: 1, maxLength: 4 });
    const name = fc.string({ unit: fc.constantFrom(...Array.from('ab.[]-!')), minLength: 1, maxLength: 3 });
    const glob = fc.array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(glob, fc.array(name, { minLength: 2, maxLength: 4 }), (globs, names) => {
        const pattern = parseFilePattern(globs.join('/'), ROOT, 'linux');
        fc.pre(pattern?.matches(names.join('/')) === true);
        for (let depth = 1; depth < names.length; depth++) {
          expect(pattern.mayMatchBelow(names.slice(0, depth).join('/'))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what excludes', () => {
  test.each([
    ['!a', true, 'a'],
    ['! a', true, 'a'],
    ['!!a', false, 'a'],
    ['! ! !a', true, 'a'],
    ['a!', false, 'a!'],
    ['!./a/', true, 'a'],
  ])('%s', (line, excludes, glob) => {
    expect(parse(line)).toMatchObject({ line, excludes, glob });
  });
});

describe('patterns that leave the root are refused', () => {
  test.each([
    ['an absolute path', '/etc/passwd'],
    ['a folder beside the root whose name begins with its', '/github/workspaces/x'],
    ['the parent', '..'],
    ['a file of the parent', '../x'],
    ['up in the midst', 'a/../../x'],
    ['up within the root', 'a/../b'],
    ['the home folder', '~'],
    ['a file of it', '~/x'],
    ['a drive', 'C:/x'],
    ['a drive, excluded', '!C:\\x'],
    ['an excluded absolute path', '!/etc'],
  ])('%s: %s', (_name, line) => {
    expect(parseFilePattern(line, ROOT, 'linux')).toBeUndefined();
  });

  test('names that only look so are not', () => {
    for (const line of ['..a', 'a..b', '...', '~a', 'a~']) expect(parse(line).matches(line)).toBe(true);
  });

  test('whatever the pattern, its glob is relative and does not climb', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('a./!~:\\* C')), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.constantFrom('linux', 'win32'), (line, platform) => {
        const glob = parseFilePattern(line, ROOT, platform)?.glob ?? '';
        expect(glob).not.toMatch(/^\//);
        // Behind `./` a tilde or a drive is a name like any other.
        if (!/^[!\s]*\./.test(line)) expect(glob).not.toMatch(/^~(\/|$)|^[a-z]:/i);
        expect(glob.split('/')).not.toContain('..');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('on Windows', () => {
  test.each([
    ['a backslash separates', 'k8s\\deep', 'k8s/deep/a.yaml', true],
    ['letter case does not count', 'K8S', 'k8s/a.yaml', true],
    ['an absolute path below the root', 'D:\\a\\repo\\k8s', 'k8s/a.yaml', true],
  ])('%s', (_name, line, path, taken) => {
    expect(parse(line, 'D:\\a\\repo', 'win32').matches(path)).toBe(taken);
  });

  test('up, with backslashes, is refused', () => {
    expect(parseFilePattern('..\\x', 'D:\\a\\repo', 'win32')).toBeUndefined();
  });
});

test('the root of the machine as root', () => {
  expect(parse('/etc/hosts', '/').glob).toBe('etc/hosts');
});

describe('what is hidden', () => {
  test.each([
    ['a dotfile', '.env', '**', false, true],
    ['a dotfile below', 'a/.env', 'a', false, true],
    ['what is below a dot-folder', '.github/workflows/w.yml', '**', false, true],
    ['a dotfile, all included', '.env', '**', true, false],
    ['a dotfile that is spelled out', '.env', '.env', false, false],
    ['a dot-folder that is spelled out', '.github/workflows/w.yml', '.github', false, false],
    ['a dotfile in a dot-folder that is spelled out', '.github/.secret', '.github', false, true],
    ['both spelled out', '.github/.secret', '.github/.secret', false, false],
    ['a pattern that begins with a dot', '.env.local', '.env*', false, false],
    ['any dotfile, asked for by its dot', '.env', '.*', false, false],
    ['a set is no spelling', '.env', '[.]env', false, true],
    ['a star is no spelling', '.env', '*', false, true],
    ['.git, all included', '.git/config', '**', true, true],
    ['.git below, all included', 'a/.git/config', '**', true, true],
    ['.git by any dot', '.git/config', '.*', true, true],
    ['.git by the half of its name', '.git/config', '.gi*', true, true],
    ['.git spelled out', '.git/config', '.git', false, false],
    ['.gitignore is no .git', '.gitignore', '**', true, false],
    [".helmignore, a chart's own", 'chart/.helmignore', '**', false, false],
    ['.helmignore in a dot-folder', '.old/.helmignore', '**', false, true],
    ['a folder of that name', '.helmignore/x', '**', false, true],
    ['dots elsewhere in a name', 'a.b/c.d', '**', false, false],
  ])('%s: %s by %s', (_name, path, line, includeHidden, hidden) => {
    expect(isHidden(path, parse(line), includeHidden)).toBe(hidden);
  });

  test('a folder that is hidden hides what is below it', () => {
    const name = fc.constantFrom('a', '.a', '.git', '.helmignore');
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 4 }), name, fc.boolean(), (names, line, includeHidden) => {
        const folder = names.slice(0, -1);
        fc.pre(!folder.includes('.helmignore'));
        fc.pre(isHidden(folder.join('/'), parse(line), includeHidden));
        expect(isHidden(names.join('/'), parse(line), includeHidden)).toBe(true);
      }),
    );
  });
});
