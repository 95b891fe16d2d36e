import { expect, test } from '@jest/globals';
import { readAttempt, stopTask } from '../../../src/pod/stop.ts';
import { ID } from '../ports.ts';

const FORBIDDEN = 'Error from server (Forbidden): pods is forbidden\n';
const DENIED =
  'The pods "command-1" is invalid: : ValidatingAdmissionPolicy "x" denied request: no\n';
const BROKEN = 'error: error reading from error stream: unexpected EOF\n';

test.each([
  ['it sent the signal', 0, `command-${ID}\n`, true, { kind: 'still-running' }, ID],
  ['no pod runs', 10, '\n', false, { kind: 'no-pod' }, ''],
  ['nothing of ours runs in the pod', 11, `command-${ID}\n`, false, { kind: 'no-process' }, ID],
  ['the pod has ended', 12, `command-${ID}\n`, false, { kind: 'no-result' }, ID],
  ['nobody may enter', 1, FORBIDDEN, false, { kind: 'rejected', detail: FORBIDDEN }, ''],
  ['a policy denies it', 1, DENIED, false, { kind: 'rejected', detail: DENIED }, ''],
  // It may have sent the signal, and only its answer is lost.
  ['its connection breaks', 1, BROKEN, undefined, { kind: 'rejected', detail: BROKEN }, ''],
  ['it was killed', 137, 'x', undefined, { kind: 'rejected', detail: 'x' }, ''],
  [
    'a pod has another name',
    10,
    `command-${ID}-1\nxcommand-${ID}\n`,
    false,
    { kind: 'no-pod' },
    '',
  ],
])('%s', (_name, exitCode, output, signaled, problem, named) => {
  expect(readAttempt(exitCode, output)).toEqual({ signaled, problem, named });
});

test.each([
  ['an ID is enough', { id: ID, hash: 'a', until: 7 }, { ID, HASH: '', UNTIL: '7' }],
  [
    'without one, the hash is',
    { id: undefined, hash: 'a', until: 7 },
    { ID: '', HASH: 'a', UNTIL: '7' },
  ],
  ['a follower has no hash', { id: ID, hash: undefined, until: 7 }, { ID, HASH: '', UNTIL: '7' }],
])('%s', (_name, stopped, variables) => {
  const { env, ...task } = stopTask(stopped, 'the script', 60);
  expect(Object.fromEntries(env.map(({ name, value }) => [name, value]))).toEqual(variables);
  expect(task).toMatchObject({
    command: 'the script',
    timeout: 60,
    startTimeout: 60,
    startRetries: 0,
  });
});
