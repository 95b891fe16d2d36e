import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { minimatch } from 'minimatch';
import { parseFilePattern, type FilePattern, type Progress } from '../../../src/files/file-pattern.ts';
import { hides } from '../../../src/files/hidden.ts';

const ROOT = '/github/workspace';

const read = (line: string, root = ROOT, platform = 'linux') =>
  parseFilePattern(line, { folders: [root.replaceAll('\\', '/')], windows: platform === 'win32' });

function parse(line: string, root = ROOT, platform = 'linux'): FilePattern {
  const pattern = read(line, root, platform);
  if (typeof pattern === 'string') throw new Error(`${line} is refused: ${pattern}`);
  return pattern;
}

/** How far a pattern gets with a path. */
const at = (pattern: FilePattern, path: string, ignoreCase = false): Progress =>
  path.split('/').reduce((progress, name) => progress.step(name, ignoreCase), pattern.start);

const takes = (pattern: FilePattern, path: string, ignoreCase = false) => at(pattern, path, ignoreCase).takes;

/** Whether any segment of a path hides it from the pattern. */
const isHidden = (path: string, pattern: FilePattern, includeHidden: boolean) =>
  path
    .split('/')
    .some((name, index, all) =>
      hides(name, index === all.length - 1, { includeHidden, spells: (text) => pattern.spells(text, false) }),
    );

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
    ['braces, one way', '*.{yaml,yml}', 'a.yaml', true],
    ['braces, the other', '*.{yaml,yml}', 'a.yml', true],
    ['braces, neither', '*.{yaml,yml}', 'a.json', false],
    ['braces across a slash', '{k8s/base,chart}/*', 'k8s/base/a', true],
    ['a brace alone is a character', 'a{b.yaml', 'a{b.yaml', true],
    ['braces without a comma are characters', '{a}.yaml', '{a}.yaml', true],
    ['a set of negated letters', '[!ab].yaml', 'a.yaml', false],
    ['a set of negated letters, as bash has it', '[^ab].yaml', 'a.yaml', false],
    ['a set of negated letters takes others', '[!ab].yaml', 'c.yaml', true],
    ['a set that a bracket begins', '[]a]x', ']x', true],
    ['a negated set that a bracket begins', '[!]a]x', 'bx', true],
    ['a negated set that a bracket begins does not take it', '[!]a]x', ']x', false],
    ['a range', '[b-d].yaml', 'c.yaml', true],
    ['the first of a range', '[b-d].yaml', 'b.yaml', true],
    ['the last of a range', '[b-d].yaml', 'd.yaml', true],
    ['what is before a range', '[b-d].yaml', 'a.yaml', false],
    ['what is behind a range', '[b-d].yaml', 'e.yaml', false],
    ['a letter behind a range', '[a-cx].yaml', 'x.yaml', true],
    ['a dash at the end of a set', '[a-].yaml', '-.yaml', true],
    ['a dash at the end of a set makes no range', '[a-].yaml', 'b.yaml', false],
    ['a dash at the beginning of a set', '[-a].yaml', '-.yaml', true],
    ['a dash that nothing follows', '[a-', '[a-', true],
    ['an escaped bracket in a set', '[a\\]b].yaml', '].yaml', true],
    ['an escaped bracket in a set is no backslash', '[a\\]b].yaml', '\\.yaml', false],
    ['a range to an escaped letter', '[a-\\c].yaml', 'b.yaml', true],
    ['a range from an escaped letter', '[\\a-c].yaml', 'b.yaml', true],
    ['a backslash that ends a set', '[a\\', '[a\\', true],
    ['a class and more', '[[:digit:]x-z].yaml', 'y.yaml', true],
    ['a class and a letter', '[[:xdigit:]_].yaml', '_.yaml', true],
    ['a class has no colon', '[[:digit:]].yaml', ':.yaml', false],
    ['a class that nobody knows is a set of its letters', '[[:shape:]].yaml', 's].yaml', true],
    ['a question mark takes one character, no less', 'a?', 'a', false],
    ['an escaped question mark', 'a\\?b', 'a?b', true],
    ['an escaped question mark takes no other', 'a\\?b', 'axb', false],
    ['an escaped backslash', 'a\\\\b', 'a\\b', true],
    ['an absolute path with two slashes', '/github/workspace//k8s', 'k8s/a.yaml', true],
    ['a range has no dash', '[b-d].yaml', '-.yaml', false],
    ['a letter before a dash at the end of a set', '[a-].yaml', 'a.yaml', true],
    ['a backslash at the end', 'a\\', 'a\\', true],
    ['a bracket that nothing closes', 'a[b', 'a[b', true],
    ['a class', '[[:digit:]].yaml', '7.yaml', true],
    ['a character beyond 16 bits is one', '?.yaml', '😀.yaml', true],
    ['a folder and two stars take no file of that name', 'a/**', 'a', false],
    ['letter case counts', 'A.yaml', 'a.yaml', false],
    ['a hash within a line is no comment', 'a#b', 'a#b', true],
  ])('%s: %s', (_name, line, path, taken) => {
    expect(takes(parse(line), path)).toBe(taken);
  });

  test('a folder is looked into where something below it may be taken', () => {
    const folders = ['k8s', 'k8s/deep', 'docs'];
    const into = (line: string) => folders.filter((folder) => at(parse(line), folder).mayTakeBelow);

    expect(into('k8s/deep/*.yaml')).toEqual(['k8s', 'k8s/deep']);
    expect(into('k8s')).toEqual(['k8s', 'k8s/deep']);
    expect(into('**/x')).toEqual(folders);
    expect(into('.')).toEqual(folders);
    expect(into('x')).toEqual([]);
  });

  const segment = fc.string({ unit: fc.constantFrom(...Array.from('ab.*?[]!-\\')), minLength: 1, maxLength: 4 });
  const name = fc.string({ unit: fc.constantFrom(...Array.from('ab.[]-!')), minLength: 1, maxLength: 3 });
  const glob = fc
    .array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 4 })
    .map((all) => all.join('/'));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));

  test('every folder above a path that a pattern takes is looked into: no link hides from the walk', () => {
    fc.assert(
      fc.property(glob, path, (text, taken) => {
        const pattern = read(text);
        fc.pre(typeof pattern !== 'string' && takes(pattern, taken));
        const names = taken.split('/');
        for (let depth = 1; depth < names.length; depth++) {
          expect(at(pattern, names.slice(0, depth).join('/')).mayTakeBelow).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('as minimatch has it, whatever the pattern', () => {
    const options = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true };
    const plain = (text: string) => text.split('/').every((part) => !/^\.{1,2}$/.test(part));
    fc.assert(
      fc.property(glob, path, (text, candidate) => {
        // Escapes and ranges of nothing are not the same everywhere.
        fc.pre(plain(text) && plain(candidate) && !text.startsWith('!') && !/\\|\[[^\]]*-/.test(text));
        const expected = minimatch(candidate, text, options) || minimatch(candidate, `${text}/**`, options);
        expect({ text, candidate, taken: takes(parse(text), candidate) }).toEqual({ text, candidate, taken: expected });
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['stars between dashes', `${'*-'.repeat(20)}*.yaml`, '-'.repeat(250)],
    ['folders between stars', `${'**/a/'.repeat(20)}b`, 'a/'.repeat(250).slice(0, -1)],
    ['sets', `${'*[ab]'.repeat(20)}c`, 'a'.repeat(250)],
  ])('no pattern takes exponential time: %s', (_name, line, candidate) => {
    expect(takes(parse(line), candidate)).toBe(false);
  });

  test('braces that multiply without end are refused, as is a line longer than any path', () => {
    expect(read('{a,b}'.repeat(30))).toContain('more than 500 patterns');
    expect(read('{1..501}')).toContain('more than 500 patterns');
    expect(read('a'.repeat(4097))).toContain('longer than any path');
    expect(takes(parse('{1..500}'), '500')).toBe(true);
    expect(takes(parse('a'.repeat(4096)), 'a'.repeat(4096))).toBe(true);
  });
});

describe('where the folder ignores letter case', () => {
  test.each([
    ['capitals in the pattern', 'K8S/*.YAML', 'k8s/a.yaml', true],
    ['capitals on the disk', 'k8s', 'K8S/a.yaml', true],
    ['a set of capitals', '[A-C].yaml', 'b.yaml', true],
    ['a set without them', '[!A-C].yaml', 'b.yaml', false],
    ['an accented letter of two code points', 'ü.yaml', 'u\u0308.yaml', true],
    ['another name', 'k8s', 'k9s', false],
  ])('%s', (_name, line, candidate, taken) => {
    expect(takes(parse(line), candidate, true)).toBe(taken);
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
    ['!{a,b}/**', true, 'b/c'],
  ])('%s', (line, excludes, path) => {
    expect(parse(line)).toMatchObject({ line, excludes });
    expect(takes(parse(line), path)).toBe(true);
  });
});

describe('patterns that leave the root are refused', () => {
  test.each([
    ['an absolute path', '/etc/passwd'],
    ['the root in other letters', '/GitHub/workspace/x'],
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
    expect(read(line)).toEqual(expect.any(String));
  });

  test('names that only look so are not', () => {
    for (const line of ['..a', 'a..b', '...', '~a', 'a~']) expect(takes(parse(line), line)).toBe(true);
  });
});

describe('on Windows', () => {
  test.each([
    ['a backslash separates', 'k8s\\deep', 'k8s/deep/a.yaml', true],
    ['letter case does not count', 'K8S', 'k8s/a.yaml', true],
    ['an absolute path below the root', 'D:\\a\\repo\\k8s', 'k8s/a.yaml', true],
    ['an absolute path in other letters', 'd:/A/Repo/k8s', 'k8s/a.yaml', true],
  ])('%s', (_name, line, path, taken) => {
    expect(takes(parse(line, 'D:\\a\\repo', 'win32'), path, true)).toBe(taken);
  });

  test.each([
    ['another drive', 'C:/a/repo/k8s', 'absolute path outside'],
    ["the host's path in a container", '!/home/runner/work/shop/shop/k8s/*.yaml', 'in a job with a container'],
    ['a path of Git Bash', '/d/a/repo/k8s', 'Git Bash path. Write D:/'],
  ])('%s is refused with a word', (_name, line, word) => {
    expect(read(line, 'D:\\a\\repo', 'win32')).toContain(word);
  });

  test('up, with backslashes, is refused', () => {
    expect(read('..\\x', 'D:\\a\\repo', 'win32')).toContain('..');
  });
});

test('the root of the machine as root', () => {
  expect(takes(parse('/etc/hosts', '/'), 'etc/hosts')).toBe(true);
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
    ['.git in capitals', '.GIT/config', '**', true, true],
    ['.git by its short name', 'GIT~1/config', 'GIT~1', true, true],
    ['.git behind a character that macOS ignores', '.g\u200cit/config', '**', true, true],
    ['.git before a dot that Windows ignores', '.git./config', '**', true, true],
    ['.git in capitals, spelled out', '.GIT/config', '.git', false, false],
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
