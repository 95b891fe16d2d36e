import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { expectGolden } from '../../support/golden.ts';
import { MESSAGES } from './all-messages.ts';

const file = new URL('../../../docs/TROUBLESHOOTING.md', import.meta.url);
const document = readFileSync(file, 'utf8');

/** The lines of the messages that name each section, by the names of the messages. */
const lines = Map.groupBy(
  [...MESSAGES.templates].map(
    ([
      name,
      {
        anchor,
        paragraphs: [line],
      },
    ]) => ({
      name,
      anchor,
      line: line?.parts[0]?.text ?? '',
    }),
  ),
  ({ anchor }) => anchor,
);

/** The line that is a section's heading: of the message with its name, or of the first one. */
function headingOf(anchor: string): string {
  const named = lines.get(anchor) ?? [];
  const { line = '' } = named.find(({ name }) => name === anchor) ?? named[0] ?? {};
  return line.replaceAll(/\{--([a-z-]+)\}/g, '$1').replaceAll(/\{\w+\}/g, '…');
}

describe('docs/TROUBLESHOOTING.md', () => {
  test('has each section that a message names, and no other', () => {
    const sections = Array.from(document.matchAll(/^### <a id="([^"]+)">/gm), ([, id]) => id);
    const named = [...lines.keys()].filter((anchor) => anchor !== undefined);
    expect(sections.toSorted()).toEqual(named.toSorted());
    expect(document.match(/<a id=/g)).toHaveLength(sections.length);
    expect(document.match(/^### /gm)).toHaveLength(sections.length);
  });

  test('has the lines of messages as its headings', async () => {
    const headings = /(?<=^### <a id="([^"]+)"><\/a>).+$/gm;
    const text = document.replaceAll(headings, (_heading, anchor: string) => headingOf(anchor));
    await expectGolden(file, text);
  });
});
