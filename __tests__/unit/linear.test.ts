import { describe, expect, test } from '@jest/globals';
import { NOTHING_KNOWN } from '../../src/report/catalogue/known.ts';
import { explain } from '../../src/report/explain.ts';
import { codeBlock, markdownText } from '../../src/report/markdown.ts';
import { foreign, say } from '../../src/report/message.ts';
import { readFindings } from '../../src/report/output-hints.ts';
import { visibleLines } from '../../src/text/visible.ts';
import { forTerminal, withoutCommands } from '../../src/hosts/terminal/text.ts';
import { LOG_LIMIT, readStream } from '../../src/pod/stream.ts';
import { arrivedAssignments } from '../../src/pod/file-command.ts';

/**
 * ESLint finds the patterns in `src/` that can take longer than a text is long, except those that
 * are made while the code runs. So everything that reads or shows foreign text meets a whole log
 * here, full of what would keep such a pattern busy. No clock is needed: a pattern that looks at
 * all characters again for each one would take a quarter of an hour.
 */

const PIECES = [
  ['escapes', '\u001b]'],
  ['colors', '\u001b[31;'],
  ['hashes', '#\u200b'],
  ['colons', ' :'],
  ['blanks', ' \t'],
  ['carriage returns', '\r'],
  ['line breaks', '\n'],
  ['backticks', '`'],
  ['forbidden', 'Error: x is forbidden: User "" cannot get resource "'],
  ['errors', 'error: \n'],
  ['webhooks', 'Error: admission webhook "'],
  ['paths of the script', '/a.aks-run-command'],
  ['marks', `\naks-run-command:${'0'.repeat(32)} `],
  ['blocks that never end', 'a<<b\n'],
  ['pages', '<html <title>'],
  ['quotes', '"'],
  ['calls', 'kubectl -n "$('],
] as const;

describe('no text keeps busy what reads or shows it', () => {
  test.each(PIECES)('%s', (_name, piece) => {
    const text = piece.repeat(Math.ceil(LOG_LIMIT / piece.length));
    const answer = { kind: 'answered', status: 400, headers: {}, body: text } as const;
    explain({ code: 'submission-refused', answer }, NOTHING_KNOWN);
    explain({ code: 'aks-failed', reason: text }, NOTHING_KNOWN);
    explain({ code: 'no-session', detail: text }, NOTHING_KNOWN);
    const packed = { files: [{ path: 'a', bytes: 1 }], zipBytes: 1 };
    readFindings(text, 1, { ...NOTHING_KNOWN, packed, command: text });
    readStream(`aks-run-command start ${'0'.repeat(64)}\n${text}`);
    arrivedAssignments(text);
    const prose = say`${text} ${foreign('x', text)}`;
    expect(typeof markdownText(prose)).toBe('string');
    for (const show of [codeBlock, visibleLines, forTerminal, withoutCommands]) {
      expect(typeof show(text)).toBe('string');
    }
  });
});
