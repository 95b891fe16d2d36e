import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { listAt } from '../../local/kubernetes/json.ts';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { findingsOf } from '../docs/workflow.ts';
import { scratch } from '../support/scratch.ts';
import { track } from '../support/track.ts';
import { writeTree } from '../support/write-tree.ts';
import { examples, stage } from './support.ts';

// docs/USE.md: workflows in the form of Microsoft's, and what the page makes of them.

jest.setTimeout(300_000);

type Step = Readonly<Record<string, unknown>> & {
  readonly with?: Readonly<Record<string, unknown>>;
};
type Workflow = { readonly jobs: Record<string, { steps: Step[] }> };

const [, page = ''] = readDocument('docs/USE.md').split('\n## Switch to this action\n');
const blocks = blocksOf(page, 'yaml').map(({ text }) => parse(text) as Step[] | Step);
/** In this order on the page. */
const [k8sDeploy, kustomize, azCalls, helm, look] = blocks as [
  before: Step[],
  after: Step[],
  before: Step[],
  after: Step,
  polling: Step,
];
const [step = {}] = kustomize;
/** What the page says about manifests without a kustomization. */
const [, listed = ''] = /`(resources: \[[^\]]*\.yaml\])`/.exec(page) ?? [];

const before = (name: string) =>
  readFileSync(path.join(import.meta.dirname, 'before', `${name}.yml`), 'utf8');
const stepsOf = (name: string) =>
  Object.values((parse(before(name)) as Workflow).jobs).flatMap(({ steps }) => steps);
const withInputs = (inputs: Step['with']): Step => ({ ...step, with: { ...step.with, ...inputs } });

const folder = scratch('migrate');

/** The workflow after its migration, in a checkout. */
function migrated(name: string, job: string, change: (steps: readonly Step[]) => Step[]): string {
  const checkout = mkdtempSync(path.join(folder, 'checkout-'));
  cpSync(examples, checkout, { recursive: true });
  const workflow = parse(before(name)) as Workflow;
  const { steps } = workflow.jobs[job] ?? { steps: [] };
  workflow.jobs[job] = { ...workflow.jobs[job], steps: change(steps) };
  writeFileSync(path.join(checkout, 'w.yml'), stringify(workflow, { lineWidth: 0 }));
  track(checkout);
  return checkout;
}

/** Keeps `actions/checkout`, as the page says. */
const only = (added: Step) => (steps: readonly Step[]) => [
  ...steps.filter(({ uses }) => String(uses).startsWith('actions/checkout@')),
  added,
];

test.each([
  ['helm', azCalls],
  ['kustomize', k8sDeploy],
])('what the page shows of %s is in a workflow of that form', (name, shown) => {
  const steps = stepsOf(name);
  for (const one of shown) expect(steps).toContainEqual(expect.objectContaining(containing(one)));
});

/** A step that has at least these inputs. */
const containing = ({ with: inputs, ...rest }: Step) => ({
  ...rest,
  ...(inputs === undefined ? {} : { with: expect.objectContaining(inputs) }),
});

test('each key of the JSON of az has outputs that exist', () => {
  const { outputs } = parse(readDocument('action.yml')) as { outputs: object };
  const [, keys = ''] = page.split('\nEach key of ');
  const [table = ''] = keys.split('\n### ');
  const [, ...rows] = table.matchAll(/^\| (`\w.*?) +\| (.*?) +\|$/gm);
  const named = (cell: string) => cell.match(/(?<=`)[\w-]+(?=`)/g) ?? [];
  expect(rows.flatMap(([, cell = '']) => named(cell)).sort()).toEqual([
    'exitCode',
    'finishedAt',
    'id',
    'logs',
    'provisioningState',
    'reason',
    'startedAt',
  ]);
  const ours = rows.flatMap(([, , cell = '']) => named(cell.replace(/\. .*/, '')));
  expect(ours.filter((name) => !(name in outputs))).toEqual([]);
  expect(ours.length).toBeGreaterThanOrEqual(rows.length);
});

test.each(['helm', 'kustomize', 'manifests', 'polling'])('GitHub would run %s', async (name) => {
  expect(await findingsOf(before(name))).toEqual([]);
});

describe('one step takes the place of all others', () => {
  const { deployment, kubectl, objects, perform } = stage();
  const imageOf = async (name: string) => {
    const containers = listAt(await deployment(name), 'spec', 'template', 'spec', 'containers');
    return (containers[0] as { image?: string } | undefined)?.image;
  };
  const performed = async (checkout: string) => {
    await kubectl('delete', 'namespace', 'shop');
    await kubectl('create', 'namespace', 'shop');
    return perform('w.yml', {}, checkout);
  };
  const SHA = /:[0-9a-f]{40}$/;

  test('helm', async () => {
    const checkout = migrated('helm', 'deploy', only(withInputs(helm.with)));
    const { success, steps, others } = await performed(checkout);

    expect({ success, ran: Object.keys(steps).length }).toEqual({ success: true, ran: 1 });
    expect(others).toEqual(['actions/checkout', 'azure/login', 'Image', 'actions/checkout']);
    expect(await imageOf('shop')).toMatch(SHA);
  });

  test('kustomize', async () => {
    const checkout = migrated('kustomize', 'deploy', only(step));
    const { success, others } = await performed(checkout);

    expect({ success, others }).toEqual({ success: true, others: ['actions/checkout'] });
    expect(await imageOf('worker')).toMatch(SHA);
  });

  test('manifests', async () => {
    const command = String(step.with?.['command']).replace(/resources: .*/, listed);
    const checkout = migrated('manifests', 'deploy', only(withInputs({ command })));
    const deployed = readFileSync(path.join(checkout, 'k8s/base/deployment.yaml'), 'utf8');
    rmSync(path.join(checkout, 'k8s'), { recursive: true });
    writeTree(checkout, {
      'k8s/deployment.yaml': deployed,
      'k8s/service.yaml': stringify(service('ClusterIP')),
    });
    track(checkout);
    const { success, others } = await performed(checkout);

    expect({ success, others }).toEqual({ success: true, others: ['actions/checkout'] });
    expect(await imageOf('worker')).toMatch(SHA);
    expect(await objects('Service')).toHaveLength(1);
  });
});

const service = (type: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type, selector: { app: 'worker' }, ports: [{ port: 80 }] },
});

describe('one pod looks until there is something to see', () => {
  const { kubectl, perform } = stage();

  test('an address, and JSON', async () => {
    const cluster = { cluster: 'prod-weu', 'resource-group': 'shop', files: '' };
    const after = { ...withInputs({ ...cluster, ...look.with }), id: 'address' };
    const checkout = migrated('polling', 'verify', (steps) =>
      steps.map((one) => (one['id'] === 'address' ? after : one)),
    );
    const file = path.join(folder, 'service.json');
    writeFileSync(file, JSON.stringify(service('LoadBalancer')));
    await kubectl('apply', '--namespace=shop', '--filename', file);
    const { success, steps, collected, others } = await perform('w.yml', {}, checkout);

    expect({ success, others }).toEqual({ success: true, others: ['azure/login', 'Reach it'] });
    const [result] = Object.values(steps);
    expect(result?.outputs).toMatchObject({ state: 'succeeded', ip: '203.0.113.10' });
    expect(JSON.parse(collected['service.json'] ?? '')).toMatchObject({ kind: 'Service' });
  });
});
