import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shownOutput } from '../../../src/report/excerpt.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { outsideCode } from '../../support/fences.ts';
import { notAllowed, NOTHING_COLLECTED } from '../collected.ts';
import { ID } from '../ports.ts';
import { packedTask } from '../packed-task.ts';
import { whole, verdict, ended, succeeded, report, FORBIDDEN, refused } from './reports.ts';

describe('the facts', () => {
  test.each([
    ['\n# Deploy\n  set -e\n  ./deploy.sh\necho done', ' · command `./deploy.sh …` · '],
    [`a ${'x'.repeat(38)}`, ` · command \`a ${'x'.repeat(38)}\` · `],
    [`a ${'x'.repeat(39)}`, ' · command `a …` · '],
    // Nobody masks a part of a secret.
    [`TOKEN=${'x'.repeat(40)} login`, ' · command `…` · '],
    ['# nothing', ' · '],
    ['`a` <b> @c', ' · command `` `a` <b> @c `` · '],
  ])('have the start of the command, which tells two steps apart: %j', (command, shown) => {
    const lines = summary(report(succeeded(), { command })).split('\n');
    expect(lines[1]).toBe('### ✅ prod: succeeded');
    expect(lines[3]).toBe(
      `Exit code 0 · 1m 30s · 2 files, 1.7 KiB · \`prod\` in \`rg-prod\`${shown}command ID \`${ID}\``,
    );
  });
});

describe('the summary', () => {
  /** The parts of a summary of a command with this output, in their order. */
  const partsOf = (given: Verdict, lines: readonly string[]) => {
    const output = whole(`${lines.join('\n')}\n`);
    const markdown = summary(report({ ...given, output }));
    const parts =
      /<summary>(?<folded>Output.*)<\/summary>|^\*\*(?<title>.*)\*\*$|^(?<remedy>az role assignment create)/gm;
    return Array.from(markdown.matchAll(parts), ({ groups = {} }) => {
      const { folded, title, remedy } = groups;
      return folded === undefined ? (title ?? remedy) : `folded: ${folded}`;
    });
  };
  const FIRST = 'The first error in its output:';
  const LAST = 'The last lines of its output:';
  const some = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`);

  test.each([
    ['a few lines of a success', succeeded(), some(10), ['Output (10 lines)']],
    ['more of a success', succeeded(), some(11), ['folded: Output (11 lines)']],
    [
      'a few lines of a failure',
      ended(),
      [...some(9), FORBIDDEN],
      ['Output (10 lines)', 'az role assignment create'],
    ],
    [
      'more of it',
      ended(),
      [FORBIDDEN, ...some(30)],
      [FIRST, 'az role assignment create', LAST, 'folded: Output (31 lines)'],
    ],
    [
      'an error on its last line',
      ended(),
      [...some(10), FORBIDDEN],
      [FIRST, 'az role assignment create', 'folded: Output (11 lines)'],
    ],
    ['a failure without an error', ended(), some(21), [LAST, 'folded: Output (21 lines)']],
    ['of which these are all lines', ended(), some(20), ['Output (20 lines)']],
  ])('has what says most above the remedy, and nothing twice: %s', (_name, given, lines, parts) => {
    expect(partsOf(given, lines)).toEqual(parts);
  });

  test.each([
    ['an error of up to 100 characters', `error: ${'x '.repeat(46)}y`, false],
    ['a longer one', `error: ${'x '.repeat(46)}yz`, true],
    ['a longer one in a long output', `error: ${'x '.repeat(50)}\n${'x '.repeat(1000)}`, false],
    ['no error', 'x '.repeat(100), false],
  ])('a few lines wrap if a fenced block would cut off the error: %s', (_name, text, wraps) => {
    const markdown = summary(report(ended({ output: whole(text) })));
    expect(markdown.includes(`\n\` ${text} \`\n`)).toBe(wraps);
    expect(markdown.includes(`\n\`\`\`text\n${text}\n\`\`\`\n`)).toBe(!wraps);
  });

  test('the last lines are those after the first error, and not more than 20', () => {
    const lastLines = (count: number) => {
      const text = [...some(20), FORBIDDEN, ...some(count)].join('\n');
      const [, last = ''] =
        /The last lines of its output:\*\*\n\n```text\n([^`]*)\n```/.exec(
          summary(report(ended({ output: whole(text) }))),
        ) ?? [];
      return last.split('\n');
    };
    expect(lastLines(3)).toEqual(some(3));
    expect(lastLines(25)).toEqual(some(25).slice(-20));
  });

  test.each<[name: string, text: string, truncated: boolean, words: string]>([
    ['nothing', ' \n', false, '\nThe command wrote nothing.\n'],
    ['nothing of it', '', true, '**Output (1 line, incomplete)**'],
    [
      'its end',
      'x\n'.repeat(200_000),
      false,
      'Output (the last 65,536 of 200,000 lines)</summary>',
    ],
  ])('says what came of the output: %s', (_name, text, truncated, words) => {
    expect(summary(report(succeeded({ output: { text, truncated } })))).toContain(words);
  });

  test('without output, it is unknown whether the command wrote any', () => {
    const unknown = verdict('unknown', {
      problems: [{ code: 'unproven', containerExitCode: undefined }],
      output: whole(''),
    });
    expect(summary(report(unknown))).not.toContain('The command wrote nothing.');
  });

  // Each is the worst in one place: three bytes for one in a block, two or four in prose, a line of
  // its own, a long name.
  test.each(['\u0001', '*', '`', '`a', '- \n', '  \n', 'ä', '\u202e'])(
    'has its parts below 1 MiB, even if all are as long as they can be, of %j',
    (bad) => {
      const long = bad.repeat(150_000);
      const files = [{ path: long, bytes: 1 }];
      const names = Array.from({ length: 200 }, () => long.slice(0, 1300));
      const problem = { kind: 'no-match', patterns: names } as const;
      const markdown = summary({
        // Its title names the patterns.
        ...report(ended({ problems: [{ code: 'collect', problem }] }), { command: long }),
        output: shownOutput(whole(long), { line: long, linesAfter: 0 }),
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
        packed: packedTask(files),
      });
      expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    },
  );

  test('lets no untrusted text out of its block or its code, whatever it is', () => {
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
        const failed = ended({ output: whole(output), problems: [refused(500, body)], collected });
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
