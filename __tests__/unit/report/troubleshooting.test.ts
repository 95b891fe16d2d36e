import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { GUIDE } from '../../../src/report/guide.ts';
import { plainText } from '../../../src/report/plain-text.ts';
import { NOTHING_KNOWN } from '../../../src/report/catalogue/known.ts';
import { readFindings } from '../../../src/report/output-hints.ts';
import { RECORDINGS } from './corpus/recorded.ts';
import { PROVOCATIONS } from './provocations.ts';

const document = readFileSync(new URL('../../../docs/TROUBLESHOOTING.md', import.meta.url), 'utf8');

/** Sections that have anchors. The heading is the sentence of the first. */
const sections = [...document.matchAll(/^### ((?:<a id="[^"]+"><\/a>)+)(.+)$/gm)].map(
  ([, anchors = '', heading = '']) => ({
    anchors: Array.from(anchors.matchAll(/"([^"]+)"/g), ([, anchor = '']) => anchor),
    heading,
  }),
);

/** The sentences of each message, by its name. */
const sentences = Map.groupBy(
  [
    ...PROVOCATIONS.map(({ when }) => when()),
    ...RECORDINGS.flatMap(
      ({ output, exitCode }) => readFindings(output, exitCode, NOTHING_KNOWN).hints,
    ),
  ],
  ({ section }) => section,
);

/** A pattern for what a heading stands for, in which `…` and names in capitals are any value. */
function patternOf(heading: string): RegExp {
  const literals = heading
    .split(/…|\b[A-Z_]{4,}\b/)
    .map((literal) => literal.replaceAll(/[$()*+.?[\]^{|}\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.+')}\\.$`);
}

describe('docs/TROUBLESHOOTING.md', () => {
  test('has an anchor for each message that links to it, and each once', () => {
    const anchors = sections.flatMap((section) => section.anchors);
    expect(anchors.toSorted()).toEqual([...GUIDE].toSorted());
    expect(document.match(/<a id=/g)).toHaveLength(anchors.length);
    expect(anchors.filter((anchor) => !sentences.has(anchor))).toEqual([]);
  });

  test.each(sections)('$heading: is the first sentence of a message', ({ anchors, heading }) => {
    const said = (sentences.get(anchors[0] ?? '') ?? []).map((one) => plainText(one.sentence));
    expect(said.filter((sentence) => patternOf(heading).test(sentence))).not.toEqual([]);
  });
});
