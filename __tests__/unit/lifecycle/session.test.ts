import { expect, test } from '@jest/globals';
import { parseEnvironment } from '../../../src/azure/cloud.ts';
import type { Azure, Target } from '../../../src/azure/port.ts';
import { openSession } from '../../../src/lifecycle/session.ts';
import { ID, keptHost, ports } from '../ports.ts';
import { clusterOf, PENDING } from './cluster-of-values.ts';

const environment = parseEnvironment('azurecloud');
if (environment === undefined) throw new Error('azurecloud is a cloud');
const TARGET: Target = {
  cluster: { subscriptionId: 's', resourceGroup: 'g', name: 'n' },
  environment,
  signIn: { kind: 'ambient' },
};

function session(host: ReturnType<typeof keptHost>) {
  const kept: string[] = [];
  const asked: Target[] = [];
  const { azure } = clusterOf({ result: () => PENDING }).ports;
  const azureFor = (target: Target): Azure => {
    asked.push(target);
    return azure;
  };
  const opened = openSession(TARGET, (id) => kept.push(id), { ...ports(), host, azureFor });
  return { opened, kept, asked, azure };
}

test('a command id is kept, and is an output, as soon as it exists', () => {
  const host = keptHost();
  const { opened, kept, asked, azure } = session(host);
  expect([opened.azure, asked]).toEqual([azure, [TARGET]]);
  opened.onCommandId(ID);

  expect(kept).toEqual([ID]);
  expect(host.outputs()).toEqual({ 'command-id': ID });
});

test('an output that cannot be written now ends nothing', () => {
  const host = keptHost();
  const full = () => {
    throw new Error('ENOSPC');
  };
  const { opened, kept } = session({ ...host, setOutput: full });
  opened.onCommandId(ID);

  expect(kept).toEqual([ID]);
  expect(host.transcript).toEqual(['debug The output command-id cannot be written: Error: ENOSPC']);
});
