import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { PROVOCATIONS } from './provocations.ts';

const document = readFileSync(new URL('../../../docs/TROUBLESHOOTING.md', import.meta.url), 'utf8');

/** Sections that messages link to. The heading is the line of one of these messages. */
const sections = [...document.matchAll(/^### <a id="([^"]+)"><\/a>(.+)$/gm)].map(
  ([, anchor = '', heading = '']) => ({ anchor, heading }),
);

/** The lines of the messages that name each section. */
const lines = Map.groupBy(
  PROVOCATIONS.map(({ when }) => when()),
  ({ anchor }) => anchor,
);

/** A pattern for what a heading stands for, in which `…` and names in capitals are any value. */
function patternOf(heading: string): RegExp {
  const literals = heading
    .split(/…|\b[A-Z_]{4,}\b/)
    .map((literal) => literal.replaceAll(/[$()*+.?[\]^{|}\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.+')}$`);
}

describe('docs/TROUBLESHOOTING.md', () => {
  test('has each section that a message names, and no other', () => {
    const named = [...lines.keys()].filter((section) => section !== undefined);
    expect(sections.map(({ anchor }) => anchor).toSorted()).toEqual(named.toSorted());
    expect(document.match(/<a id=/g)).toHaveLength(sections.length);
    expect(document.match(/^### /gm)).toHaveLength(sections.length);
  });

  test.each(sections)('$heading: is the line of a message', ({ anchor, heading }) => {
    const said = (lines.get(anchor) ?? []).map(({ line }) => line.plain);
    expect(said.filter((line) => patternOf(heading).test(line))).not.toEqual([]);
  });
});
