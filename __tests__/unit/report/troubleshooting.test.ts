import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { plainText } from '../../../src/report/plain-text.ts';
import { headingOf, inCapitals, unkeptPromises } from '../../../scripts/troubleshooting.ts';
import { withIndex } from '../../../scripts/troubleshooting-index.ts';
import { ROWS } from './all-rows.ts';
import { PROVOCATIONS } from './provocations.ts';

const root = new URL('../../../', import.meta.url);
const document = readFileSync(new URL('docs/TROUBLESHOOTING.md', root), 'utf8');

/** Sections that have an anchor, by anchor. */
const sections = new Map(
  [...document.matchAll(/^### <a id="([^"]+)"><\/a>(.+)\n\n([^]*?)(?=^###? |$(?![^]))/gm)].map(
    ([, anchor = '', heading = '', text = '']) => [anchor, { heading, text }],
  ),
);

/** A pattern for the sentences that a heading stands for, in which `…` is any value. */
function sentences(heading = ''): RegExp {
  const literals = heading
    .split('…')
    .map((literal) => literal.replaceAll(/[$()*+.?[\]^{|}\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.+')}\\.$`);
}

const ofRows = new Set(ROWS.map(({ section }) => section));
const own = PROVOCATIONS.filter(({ section }) => !ofRows.has(section));

describe('docs/TROUBLESHOOTING.md', () => {
  test.each(ROWS)('$section has a section under its own sentence', (row) => {
    const { heading, text } = sections.get(row.section) ?? {};
    expect(heading).toBe(headingOf(inCapitals(row).sentence));
    for (const code of row.match.codes ?? []) expect(text).toContain(code);
  });

  test.each(own)('$section has a section under its own sentence: $name', ({ section, when }) => {
    expect(plainText(when().sentence)).toMatch(sentences(sections.get(section)?.heading));
  });

  test('has no section that nothing leads to', () => {
    const known = new Set([...ofRows, ...own.map(({ section }) => section)]);
    expect([...sections.keys()].filter((anchor) => !known.has(anchor))).toEqual([]);
    for (const heading of [/^### /gm, /<a id=/g])
      expect(document.match(heading)).toHaveLength(sections.size);
  });

  test('has each section once in its index; if not, run npm run troubleshooting', () => {
    const [index = ''] = document.split('<!-- end of the index -->');
    const links = [...index.matchAll(/^- \[(.+)\]\(#([\w-]+)\)$/gm)];
    const listed = links.map(([, heading = '', anchor = '']) => `${anchor}: ${heading}`);
    const all = [...sections].map(([anchor, { heading }]) => `${anchor}: ${heading}`);
    expect(listed.sort()).toEqual(all.sort());
    expect(withIndex(document).replaceAll(/\s+/g, ' ')).toBe(document.replaceAll(/\s+/g, ' '));
  });

  test('says something in each section, and keeps what its sentences promise', () => {
    for (const [anchor, { text }] of sections)
      expect({ anchor, long: text.trim().length > 40 }).toEqual({ anchor, long: true });
    expect(unkeptPromises(document)).toEqual([]);
  });

  test.each([
    ['a colon', 'To see it:\n\n```sh\nls\n```\n\nTo stop it:\n\nNothing.', ['To stop it:']],
    ['a colon at the end', '### A\n\nTo stop it:\n\n### B', ['To stop it:']],
    [
      'a first command of one',
      'The first command shows it:\n\n```sh\nls\n```',
      ['The first command shows it:'],
    ],
    ['a list and a table', 'Two:\n\n- a:\n- b\n\nOne:\n\n| a |\n| - |', []],
  ])('a promise that is not kept is found: %s', (_name, markdown, found) => {
    expect(unkeptPromises(markdown)).toEqual(found);
  });

  test.each([
    'they take more than 300 KiB as sent',
    'it took longer than 30 seconds',
    'the pod could not pack them',
    'they did not come back',
    'what arrived is invalid',
    'they could not be saved on this machine',
    'nothing matched',
  ])('of files that could not be collected, says what it means that %s', (what) => {
    expect(sections.get('collect')?.text.replaceAll(/\s+/g, ' ').toLowerCase()).toContain(
      what.toLowerCase(),
    );
  });
});

const sources = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' });

test.each(sources.filter((name) => name.endsWith('.ts')))(
  'a message in src/%s says "cannot"',
  (name) => {
    const comments = /^\s*(?:\/\*\*?|\*|\/\/).*$|\/(?=\S).*\/[gimu]*,/gm;
    const code = readFileSync(new URL(`src/${name}`, root), 'utf8').replaceAll(comments, '');
    expect(code.match(/.*\bcan't\b.*/g) ?? []).toEqual([]);
  },
);
