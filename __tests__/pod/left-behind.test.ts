import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { toolOnPath } from '../support/tools.ts';
import { expectRun, type Ran } from './expect-run.ts';
import { AKS, image, inEach, NOT_GNU, SHELLS, TOOLS } from './run-pod.ts';

/** Processes that a command leaves behind, and that may hold its output open when it has ended. */

/** One that waits for ever, as `kubectl port-forward` does, and makes a file once it runs. */
const lingering = (redirections: string, name = 'kubectl'): string =>
  `mkfifo f; (printf '${name}' >/proc/self/comm; : >runs; read -r line <f) ${redirections} & echo 1`;
const ELSEWHERE = '>/dev/null 2>&1';

/** Its time is over once it runs, or never, however fast the machine is. */
const OVER = [['{ sleep 5;', '{ until [ -e runs ]; do sleep 0.1; done;']] as const;
const NOT_OVER = [['{ sleep 5;', '{ sleep 500;']] as const;

type Row = [name: string, command: string, more?: Partial<Ran>];

const ENDED: readonly Row[] = [
  ['on stdout and stderr', lingering('')],
  ['on stdin', lingering(`0>&1 ${ELSEWHERE}`)],
  ['on another descriptor', lingering(`7>&1 ${ELSEWHERE}`)],
  ['opened to read and write', lingering(`7<>/proc/self/fd/1 ${ELSEWHERE}`)],
  ['without a name', lingering('', '\\n'), { leftBehind: ['?'] }],
  [
    'with a hostile name',
    lingering('', '::a\\033[1m\\351'),
    { leftBehind: ['::a\u001B[1m\uFFFD'] },
  ],
];

const LEFT_ALONE: readonly Row[] = [
  ['that ends in time', '(sleep 0.1; echo 2) & echo 1', { output: '1\n2\n' }],
  ['that writes elsewhere', lingering(ELSEWHERE)],
  ['that can only read the output', lingering(`</proc/self/fd/1 ${ELSEWHERE}`)],
];

inEach([...SHELLS, ...NOT_GNU], (on) => {
  test.concurrent.each(ENDED)('one that could write is ended and named: %s', async (...row) => {
    const [, command, more = { leftBehind: ['kubectl'] }] = row;
    await expectRun(on, { command, edits: OVER }, { output: '1\n', exitCode: 0, ...more });
  });

  test.concurrent.each(LEFT_ALONE)('one is left alone: %s', async (_name, command, more = {}) => {
    await expectRun(on, { command, edits: NOT_OVER }, { output: '1\n', exitCode: 0, ...more });
  });

  test.concurrent('many are ended, and the first of them named', async () => {
    const one = '(: >"$i"; read -r line <f) & until [ -e "$i" ]; do :; done';
    const command = `mkfifo f; i=0; while [ $((i += 1)) -le 50 ]; do ${one}; done; : >runs; echo 1`;
    const leftBehind = [on === AKS || on.name === 'bash' ? 'bash' : 'sh'];
    await expectRun(on, { command, edits: OVER }, { output: '1\n', exitCode: 0, leftBehind });
  });
});

// Five seconds are one call of this.
const called = '"$0.called"';
const sleep = `echo "$1" >>${called}; [ "$1" != 5 ] || set -- 0.2; exec ${toolOnPath('sleep')} "$@"`;
inEach([image('dash, with a sleep that is noted', 'dash', TOOLS, { sleep })], (on) => {
  test('one has five seconds, and then the script ends it', async () => {
    const command = `${lingering('')}; until [ -e runs ]; do :; done`;
    const expected = { output: '1\n', exitCode: 0, leftBehind: ['kubectl'] };
    await expectRun(on, { command }, expected);
    expect(readFileSync(join(on.path, 'sleep.called'), 'utf8')).toMatch(/^5\n(?:55\n)?$/);
  });
});
