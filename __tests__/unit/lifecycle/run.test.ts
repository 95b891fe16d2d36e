import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import type { Azure } from '../../../src/azure/port.ts';
import { serviceTime } from '../../../src/lifecycle/clock.ts';
import { followCommand, runCommand, type LifecyclePorts } from '../../../src/lifecycle/run.ts';
import { boundaryOf, hashOf, startLine } from '../../../src/pod/boundary.ts';
import { ID, ports as plainPorts } from '../ports.ts';

const BOUNDARY = boundaryOf('0123456789abcdef0123456789abcdef');
const http = (status: number, body: object, headers = {}): Answer => ({
  kind: 'answered',
  status,
  headers,
  body: JSON.stringify(body),
});
const ACCEPTED = http(202, {}, { location: `/commandResults/${ID}` });
/** A pod that started too late, as it says itself. */
const REFUSED = {
  properties: {
    provisioningState: 'Succeeded',
    exitCode: 75,
    logs: `${startLine(hashOf(BOUNDARY))}\n${BOUNDARY} refused\n`,
  },
};
const ORDER = {
  write: () => ({ body: { command: '', context: '' }, boundary: BOUNDARY }),
  needsClusterToken: false,
  startTimeout: 90,
  timeout: 60,
  startRetries: 1,
  wait: true,
};

/** A cluster whose pods all refuse, and how often it was asked to run one. */
function refusing(date?: string) {
  const { cancel, cancelled, clock, log, random } = plainPorts();
  let submitted = 0;
  const azure: Azure = {
    signIn: () => Promise.resolve(),
    readCluster: () => Promise.resolve(http(200, {})),
    runCommand: () => {
      submitted += 1;
      return Promise.resolve(ACCEPTED);
    },
    readResult: () => Promise.resolve(http(200, REFUSED, date === undefined ? {} : { date })),
    clusterToken: () => Promise.resolve(''),
    forgetTokens: () => undefined,
  };
  const ports: LifecyclePorts = {
    ...{ azure, cancelled, clock, log, random },
    serviceTime: serviceTime(clock),
    onCommandId: () => undefined,
  };
  return { ports, cancel, submitted: () => submitted };
}

describe('a pod that says it started too late', () => {
  test('is believed once the time is over: the command is submitted again', async () => {
    const { ports, submitted } = refusing();

    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'not-started',
      failure: { code: 'did-not-start', submissions: 2 },
      id: ID,
    });
    expect(submitted()).toBe(2);
  });

  test('is not believed where the clocks never agree that the time is over', async () => {
    const { ports, submitted } = refusing('Wed, 25 Nov 2026 06:00:00 GMT');

    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
    expect(submitted()).toBe(1);
  });

  test('is not believed where a cancel comes before the time is over', async () => {
    const { ports, cancel } = refusing();
    const { clock } = ports;
    const sleep: typeof clock.sleep = (milliseconds, signal) => {
      if (milliseconds === 1000) cancel();
      return clock.sleep(milliseconds, signal);
    };

    const ending = await runCommand(ORDER, { ...ports, clock: { ...clock, sleep } });

    expect(ending).toEqual({ kind: 'unknown', failure: { code: 'cancelled' }, id: ID });
  });

  test('is nothing to build on for who did not submit it', async () => {
    const { ports } = refusing();

    expect(await followCommand(ID, 60, ports)).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
  });
});
