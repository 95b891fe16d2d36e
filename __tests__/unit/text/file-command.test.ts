import { expect, test } from '@jest/globals';
import { readFileCommand } from '../../../src/text/file-command.ts';
import { say } from '../../../src/text/say.ts';

// `__tests__/unit/pod/step-outputs.test.ts` has the grammar.

test('all that is wrong is found, and what is right beside it', () => {
  expect(readFileCommand('x\n=1\na<<\nb=2\ny\nc<<E\n3\nE')).toEqual({
    assignments: [
      { name: 'b', value: '2', line: 4 },
      { name: 'c', value: '3', line: 6 },
    ],
    blocks: new Set([6]),
    bare: [
      { text: 'x', line: 1 },
      { text: 'y', line: 5 },
    ],
    malformed: [
      { line: 2, problem: say`has no name before the ${'='}` },
      { line: 3, problem: say`has no delimiter after the ${'<<'}` },
    ],
    unclosed: [],
  });
});
