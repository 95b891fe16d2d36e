import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../support/any-text.ts';
import { readEnv } from '../../src/inputs/env.ts';
import { readerOf } from '../unit/inputs/read.ts';
import { boundaryOf } from '../../src/pod/boundary.ts';
import { quote } from '../../src/text/quote.ts';
import { expectRun } from './expect-run.ts';
import { AKS, inEach, runPod, SHELLS } from './run-pod.ts';

const name = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/)
  .filter((candidate) => readEnv(readerOf({ env: `${candidate}=` })).length === 1);
const words = fc.constantFrom(
  '$(id)',
  '`id`',
  '\\n',
  ...Array.from('\'"\\\n\r\t ~!\u0001\u007f\u0081é漢😀%*'),
);
const awkward = fc.array(words).map((parts) => parts.join(''));
const value = fc
  .oneof(anyText(), awkward)
  .filter((text) => !text.includes('\0') && text.isWellFormed());

inEach(SHELLS, (on) => {
  test.concurrent('every variable arrives as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, value, { maxKeys: 12, noNullPrototype: true }),
        async (variables) => {
          const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
          // The command's own PATH may be one of the variables.
          const { report } = await runPod(on, {
            command: `exec ${on.path}/env -0`,
            env,
            shell: 'sh',
          });
          if (report.kind !== 'ran') throw new Error('unrecognized');
          const split = (line: string) =>
            [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const;
          const seen = new Map(report.output.text.split('\0').map(split));
          for (const { name, value } of env) expect([name, seen.get(name)]).toEqual([name, value]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

const marks = ['B', 'B start\n', '\nB exit 0\n', '\nB outputs\n', 'x=1\n', '\nB end\n', '\nB end'];
const hostile = fc.constantFrom(
  ...marks,
  'aks-run-command:',
  '::error::x',
  '\n',
  '\0',
  '\r',
  '\uFFFD',
  '😀',
);
inEach([AKS], (on) => {
  test.concurrent('any text comes back as it is, and is nothing but text', async () => {
    const texts = fc.array(fc.oneof(hostile, anyText()));
    await fc.assert(
      fc.asyncProperty(texts, fc.stringMatching(/^[0-9a-f]{32}$/), async (parts, hex) => {
        const text = parts.join('').replaceAll('B', boundaryOf(hex)).toWellFormed();
        await expectRun(
          on,
          { command: 'cat text; exit 3', files: { text } },
          { output: text, exitCode: 3 },
        );
      }),
      { numRuns: 8 },
    );
  });
});

test('a quoted word is one word', () => {
  fc.assert(
    fc.property(fc.array(value), (words) => {
      const printed = execFileSync('sh', [
        '-c',
        `printf '%s\\0' ${words.map(quote).join(' ')}`,
      ]).toString();
      expect(printed).toBe(words.length === 0 ? '\0' : words.map((word) => `${word}\0`).join(''));
    }),
    { numRuns: 20 },
  );
});
