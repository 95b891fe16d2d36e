import { describe, expect, test } from '@jest/globals';
import type { Collected } from '../../../src/lifecycle/keep-collected.ts';
import { collectWarnings, describeCollected, wouldCollect } from '../../../src/report/collected.ts';

const NOTHING: Collected = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `f${index + 1}`);

describe('what came back', () => {
  test.each([
    ['one file', ['a'], ['1 file, 5 B, in /temp', '      5 B  a']],
    ['two', ['a', 'b/c'], ['2 files, 10 B, in /temp', '      5 B  a', '      5 B  b/c']],
    [
      'names that are foreign',
      ['a\n::error::x', '\u202egnp'],
      ['2 files, 10 B, in /temp', '      5 B  "a\\u000a::error::x"', '      5 B  "\\u202egnp"'],
    ],
  ])('%s', (_name, paths, lines) => {
    const files = paths.map((path) => ({ path, bytes: 5 }));
    expect(describeCollected({ ...NOTHING, folder: '/temp', files }).split('\n')).toEqual(lines);
  });

  test('beyond twenty names, a count', () => {
    const files = numbered(2000).map((path) => ({ path, bytes: 1 }));
    const lines = describeCollected({ ...NOTHING, folder: '/temp', files }).split('\n');
    expect(lines).toHaveLength(22);
    expect([lines[0], lines.at(-1)]).toEqual(['2,000 files, 2.0 KB, in /temp', '… and 1,980 more']);
  });

  test('of 21 names, one is counted', () => {
    const files = numbered(21).map((path) => ({ path, bytes: 1 }));
    expect(describeCollected({ ...NOTHING, folder: '/temp', files })).toMatch(/ f20\n… and 1 more$/);
    expect(collectWarnings({ ...NOTHING, unheld: numbered(21) })[0]).toMatch(/\n1 more was not collected\.$/);
  });
});

describe('what did not', () => {
  test.each<[string, Partial<Collected>, string[]]>([
    ['nothing to say', {}, []],
    ['a pattern', { unmatched: ['a*'] }, ['No files were collected for the pattern a*.']],
    [
      'a link',
      { leftOut: [{ name: 'l', reason: 'link' }] },
      ['Not collected: l (it is a link, or its path contains one).'],
    ],
    [
      'a line break',
      { leftOut: [{ name: 'a\nb', reason: 'line-break' }] },
      ['Not collected: "a\\u000ab" (its name has a line break).'],
    ],
    [
      'one that came, cut',
      { leftOut: [{ name: 'g', reason: 'grew' }] },
      ['Collected g, but it grew while it was collected, and the new part was cut.'],
    ],
    [
      'one that came, shorter',
      { leftOut: [{ name: 's', reason: 'shrank' }] },
      ['Collected s, but it shrank while it was collected.'],
    ],
    [
      'a name that the system cannot hold',
      { unheld: ['CON'] },
      ['Not collected: CON (this system does not allow the name).'],
    ],
    [
      'all of that is one warning, beside the patterns',
      { unmatched: ['x'], unheld: ['CON'], leftOutMore: 3 },
      [
        'No files were collected for the pattern x.',
        'Not collected: CON (this system does not allow the name).\n3 more were not collected.',
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

test('what a dry run says', () => {
  expect(wouldCollect(['reports', 'a\u0007'])).toBe('Would collect: reports, "a\\u0007"');
});
