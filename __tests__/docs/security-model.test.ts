import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const document = readFileSync(new URL('../../docs/SECURITY_MODEL.md', import.meta.url), 'utf8');
/** A claim ends with `<!-- FILE: words of a test's name; FILE: … -->`. */
const COMMENT = /<!-- (.*?) -->/g;

const sections = new Map(
  document
    .split(/^## /m)
    .slice(1)
    .map(
      (section) =>
        [section.split('\n', 1)[0] ?? '', section.slice(section.indexOf('\n') + 1)] as const,
    ),
);
const claims = [
  'Code in the command',
  'A command runs at most once',
  'Attackers',
  'Who sees what',
].flatMap((title) =>
  (sections.get(title) ?? '')
    .replaceAll(/^<!-- prettier-ignore-\w+ -->$/gm, '')
    // A list belongs to the sentence above it.
    .split(/\n(?=\|)|\n\n(?!- )/)
    .filter((claim) => claim.trim() !== '' && !/^\| (?:who|-)/.test(claim.trim()))
    .map((claim) => claim.replaceAll(/\s+/g, ' ').trim()),
);

describe('docs/SECURITY_MODEL.md', () => {
  test('claims much', () => {
    expect(claims.length).toBeGreaterThan(20);
  });

  test('has rows that a person can read', () => {
    const rows = document.split('\n').filter((line) => line.startsWith('| '));
    const long = rows.filter((row) => row.replaceAll(COMMENT, '').length > 260);
    expect({ rows: rows.length > 20, long }).toEqual({ rows: true, long: [] });
  });

  test.each(claims)('names tests that exist: %s', (claim) => {
    const references = [...claim.matchAll(COMMENT)].flatMap(([, comment = '']) =>
      comment.split('; ').map((reference) => reference.split(': ')),
    );
    expect(references).not.toEqual([]);
    for (const [file = '', words = ''] of references) {
      const source = readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');
      const named = source.replaceAll(/\s+/g, ' ').includes(words.trim());
      expect({ file, words, named }).toEqual({ file, words, named: true });
    }
  });
});
