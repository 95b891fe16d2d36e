import { expect, test } from '@jest/globals';
import { clip } from '../../../src/text/long-words.ts';
import { asAnnotation, asLog } from '../../../src/report/failure-text.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { packedTask } from '../packed-task.ts';
import { ended, report, whole } from './reports.ts';

/** A log hides it only where all of it stands. */
const SECRET = 'S3cr3t/aB+cD.eF0123456789-xYzW_Q';
const words = (length: number) => 'w '.repeat(length / 2);

/** What a report shows after `before` characters of other words and the secret. */
type Given = (before: number) => { readonly of: Verdict; readonly paths?: readonly string[] };
const wrote = (text: string) => ({ of: ended({ output: whole(text) }) });

test.each<[name: string, limit: number, given: Given]>([
  ['a first error', 1200, (before) => wrote(`Error: ${words(before)}${SECRET} it\n`)],
  [
    'a first error in colors',
    2048 - 5 * 300,
    (before) => wrote(`Error: ${'\u001b[31m'.repeat(300)}${words(before)}${SECRET} it\n`),
  ],
  [
    'a first error at the start of what is searched',
    256 * 1024 - 24,
    (before) => wrote(`${words(9000)}${SECRET}: line 12: ${words(before)}`),
  ],
  ['the end of an output', 1200, (before) => wrote(`${words(9000)}${SECRET}${words(before)}`)],
  [
    "AKS's reason",
    1500,
    (before) => {
      const reason = clip(`${words(before)}${SECRET} it`);
      return { of: withoutResult('unknown', { code: 'aks-failed', reason }) };
    },
  ],
  [
    'the list of files',
    16 * 1024 - 13,
    (before) => ({ of: ended(), paths: [`${words(before)}${SECRET}`, 'b'] }),
  ],
])('%s is cut at a word, so nothing of a secret is left', (_name, limit, given) => {
  for (let before = limit - 60; before <= limit + 20; before += 2) {
    const { of, paths = [] } = given(before);
    const packed = packedTask(paths.map((path) => ({ path, bytes: 1 })));
    const shown = report(of, { packed });
    const annotation = asAnnotation(shown);
    const texts = [
      summary(shown),
      annotation.message,
      annotation.whole ?? '',
      asLog(shown).message,
    ].join('\n');
    expect(texts.replaceAll(SECRET, '***')).not.toMatch(/S3cr3t|aB\+cD|eF0123|456789|xYzW/);
  }
});
