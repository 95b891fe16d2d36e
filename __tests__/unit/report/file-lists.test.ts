import { describe, expect, test } from '@jest/globals';
import type { Collected } from '../../../src/collect/save.ts';
import { collectWarnings, fileLines } from '../../../src/report/file-lists.ts';
import { notAllowed, NOTHING_COLLECTED } from '../collected.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `f${index + 1}`);

test.each([
  [
    'what is not seen is shown',
    ['\u202egnp', 'a '],
    [String.raw`       5 B  "\u202egnp"`, '       5 B  "a "'],
  ],
  ['as many as fit', numbered(3), ['       5 B  f1', '       5 B  f2', '       5 B  f3']],
  [
    'the rest is counted',
    numbered(2003),
    ['       5 B  f1', '       5 B  f2', '       5 B  f3', '… and 2,000 more'],
  ],
])('a list of files: %s', (_name, paths, lines) => {
  const files = paths.map((path) => ({ path, bytes: 5 }));
  expect(fileLines(files, 3)).toEqual(lines);
});

/** Each warning, as plain text. */
function warningsAbout(collected: Partial<Collected>): string[] {
  return collectWarnings({ ...NOTHING_COLLECTED, ...collected }).map((lines) => lines.join('\n'));
}

describe('what did not come back', () => {
  test('is one warning about all files, which names them and why', () => {
    const warnings = warningsAbout({
      leftOut: [
        { name: 'a\nb', reason: 'not-a-file' },
        { name: 'c\uFFFD', reason: 'not-utf-8' },
        { name: 'CON', reason: 'not-allowed' },
      ],
      complaints: ['tar: ./b: Cannot open: Permission denied'],
    });
    expect(warnings).toEqual([
      'Not collected: `a\\u000ab` (it is not a regular file).\n' +
        'Not collected: `c\uFFFD` (its name is not valid UTF-8).\n' +
        'Not collected: `CON` (this system does not allow the name).\n' +
        'The pod reported: `tar: ./b: Cannot open: Permission denied`',
    ]);
  });

  test('may be nothing', () => {
    expect(warningsAbout({})).toEqual([]);
  });

  test('beyond twenty patterns, a count', () => {
    const warnings = warningsAbout({ unmatched: numbered(2_000) });
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toBe('No files were collected for 1,980 more patterns.');
  });

  test.each([
    [21, '1 more was not collected.'],
    [25, '5 more were not collected.'],
  ])('of %d names, twenty and a count', (count, last) => {
    const [warning = ''] = warningsAbout({ leftOut: notAllowed(numbered(count)) });
    expect(warning.split('\n')).toHaveLength(21);
    expect(warning.split('\n').at(-1)).toBe(last);
  });
});
