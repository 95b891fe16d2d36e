import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shownOutput } from '../../../src/report/excerpt.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { outsideCode } from '../../support/fences.ts';
import { notAllowed, NOTHING_COLLECTED } from '../collected.ts';
import { packedTask } from './packed-task.ts';
import { whole, verdict, ended, succeeded, report, FORBIDDEN, refused } from './reports.ts';

describe('the heading of a success', () => {
  test.each([
    ['\n# Deploy\n  set -e\n  ./deploy.sh\necho done', ' · `./deploy.sh`'],
    [`a ${'x'.repeat(58)}`, ` · \`a ${'x'.repeat(58)}\``],
    [`a ${'x'.repeat(59)}`, ' · `a …`'],
    // Nobody masks a part of a secret.
    [`TOKEN=${'x'.repeat(60)} login`, ' · `…`'],
    ['# nothing', ''],
    ['`a` <b> @c', ' · `` `a` <b> @c ``'],
  ])('names the command, which tells two steps apart: %j', (command, shown) => {
    expect(summary(report(succeeded(), { command })).split('\n')[1]).toBe(
      `### ✅ prod: succeeded${shown}`,
    );
  });
});

test('the heading of a failure names no command of several lines, of which any may have failed', () => {
  const given = report(ended(), { command: './a.sh\n./b.sh' });
  expect(summary(given).split('\n')[1]).toBe('### ❌ prod: The command exited with code 3');
});

describe('the summary', () => {
  type Row = [
    name: string,
    lines: number,
    given: Verdict,
    isFolded: boolean,
    hasLastLines: boolean,
  ];
  test.each<Row>([
    ['a screen of a failure', 30, ended(), false, false],
    ['more of a failure, below its last lines', 31, ended(), true, true],
    ['a few lines of a success', 10, succeeded(), false, false],
    ['more of a success', 11, succeeded(), true, false],
    ['much more of a success', 31, succeeded(), true, false],
  ])('folds the output: %s', (_name, lines, given, isFolded, hasLastLines) => {
    const markdown = summary(report({ ...given, output: whole('x\n'.repeat(lines)) }));
    expect([
      markdown.includes(`<details><summary>Output, ${lines} lines</summary>`),
      markdown.includes(
        `**The last lines of its output:**\n\n\`\`\`text\n${'x\n'.repeat(20)}\`\`\``,
      ),
    ]).toEqual([isFolded, hasLastLines]);
  });

  test('of a long output of a failure, the first error comes first', () => {
    const markdown = summary(
      report(ended({ output: whole(`${FORBIDDEN}\n${'x\n'.repeat(100)}`) })),
    );
    expect(Array.from(markdown.matchAll(/^\*\*(The .*)\*\*$/gm), ([, label]) => label)).toEqual([
      'The first error in its output:',
      'The last lines of its output:',
    ]);
  });

  test.each<[name: string, text: string, truncated: boolean, words: string]>([
    ['nothing', ' \n', false, '\nThe command wrote nothing.\n'],
    ['nothing of it', '', true, '**Output, 1 line, incomplete**'],
    ['its end', 'x\n'.repeat(200_000), false, 'Output, the last 65,536 of 200,000 lines</summary>'],
  ])('says what came of the output: %s', (_name, text, truncated, words) => {
    expect(summary(report(succeeded({ output: { text, truncated } })))).toContain(words);
  });

  test('without output, it is unknown whether the command wrote any', () => {
    const unknown = verdict('unknown', { failure: { code: 'unproven' }, output: whole('') });
    expect(summary(report(unknown))).not.toContain('The command wrote nothing.');
  });

  // Each is the worst in one place: three bytes for one in a block, two or four in prose, a line of
  // its own, a long name.
  test.each(['\u0001', '*', '`', '`a', '- \n', '  \n', 'ä', '\u202e'])(
    'has its parts below 1 MiB, even if all are as long as they can be, of %j',
    (bad) => {
      const long = bad.repeat(150_000);
      const files = [{ path: long, bytes: 1 }];
      const names = Array.from({ length: 20 }, () => long.slice(0, 1300));
      const markdown = summary({
        ...report(ended()),
        output: shownOutput(whole(long), long),
        verdict: ended({
          podSummary: 'x'.repeat(64 * 1024),
          podSummaryCut: true,
          collected: {
            ...NOTHING_COLLECTED,
            folder: '/c',
            files,
            leftOut: notAllowed(names),
            unmatched: names,
          },
        }),
        command: long,
        packed: packedTask(files),
      });
      expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    },
  );

  test('lets no foreign text out of its block or its code, whatever it is', () => {
    const parts = [
      '`',
      '``',
      '```\n',
      '\n',
      '</details>\n',
      '# x\n',
      '| a |\n',
      '\r',
      'CANARY',
      '<b>',
      '\\',
      '\ue000',
      '\ue001',
    ];
    const text = fc
      .array(fc.constantFrom(...parts), { maxLength: 12 })
      .map((chosen) => chosen.join(''));
    fc.assert(
      fc.property(text, text, text, text, (output, command, body, path) => {
        const files = [{ path, bytes: 1 }];
        const collected = { ...NOTHING_COLLECTED, folder: '/c', files, unmatched: [path] };
        const failed = ended({ output: whole(output), failure: refused(500, body), collected });
        const broken = withoutResult('not-started', {
          code: 'files',
          problem: { kind: 'broken-link', path },
        });
        for (const given of [failed, broken]) {
          const markdown = summary(report(given, { command, packed: packedTask(files) }));
          expect(outsideCode(markdown)).not.toMatch(/CANARY|<b>|^# x/m);
        }
      }),
    );
  });
});
