import { describe, expect, test } from '@jest/globals';
import type { Collected } from '../../../src/lifecycle/keep-collected.ts';
import { collectWarnings, fileLines } from '../../../src/report/file-lists.ts';

const NOTHING: Collected = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `f${index + 1}`);

describe('a list of files', () => {
  const sized = (paths: readonly string[]) => paths.map((path) => ({ path, bytes: 5 }));
  test.each([
    ['each on a line', ['a', 'b/c'], ['      5 B  a', '      5 B  b/c']],
    [
      'a foreign name stays on it',
      ['a\n::error::x', '\u202egnp'],
      [String.raw`      5 B  "a\u000a::error::x"`, String.raw`      5 B  "\u202egnp"`],
    ],
    ['so does one whose end is a blank', ['a '], ['      5 B  "a "']],
    ['as many as asked for', numbered(3), ['      5 B  f1', '      5 B  f2', '      5 B  f3']],
    ['the rest is counted', numbered(2003), ['      5 B  f1', '      5 B  f2', '      5 B  f3', '… and 2,000 more']],
  ])('%s', (_name, paths, lines) => {
    expect(fileLines(sized(paths), 3)).toEqual(lines);
  });
});

describe('what did not come back', () => {
  test.each<[string, Partial<Collected>, string[]]>([
    ['nothing to say', {}, []],
    ['a pattern', { unmatched: ['a*'] }, ['No files were collected for the pattern a*.']],
    [
      'a line break',
      { leftOut: [{ name: 'a\nb', reason: 'line-break' }] },
      [String.raw`Not collected: "a\u000ab" (its name has a line break).`],
    ],
    [
      'all files are one warning, beside the patterns',
      { unmatched: ['x'], leftOut: [{ name: 'l', reason: 'link' }], unheld: ['CON'], leftOutMore: 1 },
      [
        'No files were collected for the pattern x.',
        'Not collected: l (it is a link, or its path contains one).\nNot collected: CON (this system does not allow the name).\n1 more was not collected.',
      ],
    ],
  ])('%s', (_name, collected, warnings) => {
    expect(collectWarnings({ ...NOTHING, ...collected })).toEqual(warnings);
  });

  test('beyond twenty names, a count', () => {
    const [warning = ''] = collectWarnings({ ...NOTHING, unheld: numbered(25), leftOutMore: 5 });
    expect(warning.split('\n')).toHaveLength(21);
    expect(warning).toMatch(/\n10 more were not collected\.$/);
  });
});
