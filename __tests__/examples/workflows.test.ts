import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { at, listAt } from '../../local/kubernetes/json.ts';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { scratch } from '../support/scratch.ts';
import { examples, stage } from './support.ts';

// In a real cluster, pods take a while to start and to end.
jest.setTimeout(300_000);

const folder = scratch('readme');

// The examples of a block share a cluster. Each stands on what those before it left.

describe('in a namespace that is empty', () => {
  const { changed, deployment, objects, perform } = stage();

  test("the README's first workflow deploys", async () => {
    const [first] = blocksOf(readDocument('README.md'), 'yaml');
    const file = path.join(folder, 'first.yml');
    writeFileSync(file, first?.text ?? '');
    const { success, steps } = await perform(file);

    expect(success).toBe(true);
    expect(Object.values(steps).map(({ outputs }) => outputs['state'])).toEqual(['succeeded']);
  });

  test('secrets.yml writes secrets to the cluster and shows none of them', async () => {
    const secrets = { DATABASE_PASSWORD: `p'"$(id)\`\\ß`, PAYMENT_KEY: 'line one\nline two' };
    const { success, steps, others } = await perform('secrets.yml', {
      'secrets.DATABASE_PASSWORD': secrets.DATABASE_PASSWORD,
      'secrets.PAYMENT_KEY': secrets.PAYMENT_KEY,
    });
    const encode = (text: string) => Buffer.from(text).toString('base64');
    const result = steps['Write the secret'];

    expect(success).toBe(true);
    expect(await objects('Secret')).toEqual([
      expect.objectContaining({
        data: {
          'database-password': encode(secrets.DATABASE_PASSWORD),
          'payment-key': encode(secrets.PAYMENT_KEY),
        },
      }),
    ]);
    expect(result?.outputs['token']).toBe(encode(secrets.PAYMENT_KEY));
    expect(result?.log.masks).toContain(encode(secrets.PAYMENT_KEY));
    for (const secret of [
      secrets.DATABASE_PASSWORD,
      'line one',
      'line two',
      encode(secrets.PAYMENT_KEY),
    ]) {
      expect(result?.log.shown).not.toContain(secret);
      expect(result?.summary).not.toContain(secret);
    }
    expect(others).toEqual(['Use it']);
  });

  test('verify-deployment.yml stops the pipeline, because there is no shop', async () => {
    const { success, steps, skipped } = await perform('verify-deployment.yml');

    expect(success).toBe(false);
    expect(steps['Verify']?.outputs).toMatchObject({ state: 'failed', 'exit-code': '1' });
    expect(skipped).toEqual([
      'Open an issue if the shop is degraded',
      'Warn if the deployment could not be checked',
    ]);
  });

  test('smoke-test.yml brings back the report of failed checks, and fails', async () => {
    const { success, steps, collected, others } = await perform('smoke-test.yml');

    expect(success).toBe(false);
    expect(steps['Test']?.outputs).toMatchObject({ state: 'failed', 'exit-code': '1' });
    expect(collected['reports/smoke.xml']).toMatch(
      /failures="3">.*<failure>Error from server \(NotFound\)/s,
    );
    expect(others).toEqual(afterSmokeTest);
  });

  test('a tag sets nothing else, and a first version that is never ready fails', async () => {
    const tag = '2.9.0,image.repository=evil.example/shop"\n          command: ["evil"]';
    const source = await impatient(changed);
    const { success, steps } = await perform('helm-release.yml', { 'inputs.tag': tag }, source);

    expect(success).toBe(false);
    expect(steps['Release']?.outputs).toMatchObject({ state: 'failed', 'exit-code': '1' });
    // There is nothing to roll back to.
    expect(steps['Show what runs after a rollback']?.outputs['output']).toMatch(/1 .*failed/);
    const [container, ...others] = containersOf(await deployment('shop'));
    expect(container).toHaveProperty('image', `registry.example.com/shop:${tag}`);
    expect(container).not.toHaveProperty('command');
    expect(others).toEqual([]);
  });
});

const afterSmokeTest = [
  'actions/checkout',
  'Upload the report',
  'actions/download-artifact',
  'Show the report',
];

type Stage = ReturnType<typeof stage>;

/** The example, but helm doesn't wait for minutes for what never becomes ready. */
const impatient = (changed: Stage['changed']) =>
  changed('helm-release.yml', ['jobs', 'release', 'steps', 1, 'with', 'command'], (command) =>
    String(command).replace('--timeout 4m', '--timeout 30s'),
  );

const containersOf = (deployment: Awaited<ReturnType<Stage['deployment']>>) =>
  listAt(deployment, 'spec', 'template', 'spec', 'containers');

describe('a shop', () => {
  const { changed, deployment, kubectl, perform } = stage();

  test('helm-release.yml releases the requested tag', async () => {
    const { success, steps, skipped } = await perform('helm-release.yml', {
      'inputs.tag': '2.9.0',
    });

    expect(success).toBe(true);
    expect(containersOf(await deployment('shop'))).toEqual([
      expect.objectContaining({ image: 'registry.example.com/shop:2.9.0' }),
    ]);
    expect(steps['Release']?.summary).toMatch(/### Releases\n```\nREVISION.*\n1\s.*deployed/);
    expect(skipped).toEqual(['Show what runs after a rollback']);
  });

  test('verify-deployment.yml passes if the shop is healthy', async () => {
    const { success, steps, skipped } = await perform('verify-deployment.yml');

    expect(success).toBe(true);
    expect(steps['Verify']?.outputs).toMatchObject({ 'exit-code': '0', ready: '2' });
    expect(skipped).toEqual([
      'Open an issue if the shop is degraded',
      'Warn if the deployment could not be checked',
    ]);
  });

  test('smoke-test.yml brings back the report of a healthy shop', async () => {
    const { success, collected, others } = await perform('smoke-test.yml');

    expect(success).toBe(true);
    expect(collected['reports/smoke.xml']).toMatch(
      /<testsuite name="smoke" tests="3" failures="0">/,
    );
    expect(others).toEqual(afterSmokeTest);
  });

  const LOOP = ['jobs', 'soak', 'steps', 1, 'with', 'command'];

  test('soak-test.yml waits for the result if the tests pass', async () => {
    const once = (command: unknown) => String(command).replace('seq 96', '1');
    const source = await changed('soak-test.yml', LOOP, once);
    const { success, steps } = await perform('soak-test.yml', {}, source);

    expect(success).toBe(true);
    expect(steps['Wait for the result']?.outputs).toMatchObject({
      state: 'succeeded',
      'command-id': steps['Start watching']?.outputs['command-id'],
    });
    expect(at(await deployment('shop'), 'metadata', 'annotations')).toHaveProperty('tested-by');
  });

  test('helm-release.yml rolls back a version that is never ready, and fails', async () => {
    const source = await impatient(changed);
    const { success, steps } = await perform(
      'helm-release.yml',
      { 'inputs.tag': 'broken' },
      source,
    );

    expect(success).toBe(false);
    expect(steps['Release']?.outputs).toMatchObject({ state: 'failed', 'exit-code': '1' });
    expect(containersOf(await deployment('shop'))).toEqual([
      expect.objectContaining({ image: 'registry.example.com/shop:2.9.0' }),
    ]);
    expect(steps['Release']?.outputs['output']).toMatch(/\npod\/shop-.*\nRollback was a success/s);
    expect(steps['Show what runs after a rollback']?.outputs['output']).toMatch(
      /3 .*deployed .*Rollback to 1/,
    );
  });

  test('verify-deployment.yml takes another branch if the shop is degraded', async () => {
    await kubectl('scale', 'deployment/shop', '--namespace=shop', '--replicas=1');
    const { success, steps, others } = await perform('verify-deployment.yml');

    expect(success).toBe(true);
    expect(steps['Verify']?.outputs).toMatchObject({
      state: 'succeeded',
      'exit-code': '10',
      ready: '1',
    });
    expect(others).toEqual(['Open an issue if the shop is degraded']);
  });

  inNamespacesOnly(() => {
    test('soak-test.yml stops the command if a test fails', async () => {
      const { success, states } = await perform('soak-test.yml');

      expect(success).toBe(false);
      expect(states).toEqual({
        'actions/checkout': 'not run',
        'Start watching': 'running',
        'Stop watching if a test fails': 'running',
        Test: 'failed',
        'Wait for the result': 'skipped: an earlier step failed',
        'Mark the release as tested': 'skipped: an earlier step failed',
        'End the background step': 'succeeded',
        'Post Stop watching if a test fails': 'succeeded',
      });
    });
  });
});

describe('workers and jobs', () => {
  const { changed, deployment, objects, perform } = stage();
  const readyWorkers = async () => at(await deployment('worker'), 'status', 'readyReplicas');

  test('deploy-kustomize.yml applies the overlay, waits, and passes the image on', async () => {
    const { success, steps, others, unsetOutputs } = await perform('deploy-kustomize.yml');

    expect(success).toBe(true);
    expect(steps['Apply and wait']?.outputs).toMatchObject({
      state: 'succeeded',
      image: 'registry.example.com/worker:2.8.1',
    });
    expect(await readyWorkers()).toBe(3);
    expect(others).toEqual(['actions/checkout', 'Show what is deployed']);
    expect(unsetOutputs).toEqual([]);
  });

  test('sovereign-cloud.yml lists the deployments', async () => {
    const { success, steps } = await perform('sovereign-cloud.yml');

    expect(success).toBe(true);
    expect(steps['List the deployments']?.outputs['output']).toMatch(
      /Server Version: v1\.[\s\S]*worker/,
    );
  });

  test('after-azure-login.yml counts the pods', async () => {
    const { success, steps } = await perform('after-azure-login.yml');

    expect(success).toBe(true);
    expect(steps['Count the pods']?.outputs['pods']).toBe('3');
  });

  test('fleet.yml rolls out to a cluster of its matrix', async () => {
    const clusters = ['jobs', 'roll-out', 'strategy', 'matrix', 'include'];
    const cluster = 'shop-southeastasia';
    const group = 'rg-southeastasia';
    const source = await changed('fleet.yml', clusters, () => [{ cluster, group }]);
    const { success, steps } = await perform('fleet.yml', {}, source);

    expect(success).toBe(true);
    expect(steps['Roll out']?.outputs['output']).toContain(`Rolling out to ${cluster}\n`);
    expect(steps['Roll out']?.summary).toContain(`\`${cluster}\` in \`${group}\``);
    expect(await readyWorkers()).toBe(3);
  });

  const NEXT = [
    'Continue if all clusters are healthy',
    'Open an issue if a cluster is unhealthy',
    'Warn if a cluster could not be checked',
  ] as const;

  test.each([
    { name: 'goes on if all clusters are healthy', change: {}, next: NEXT[0] },
    {
      name: 'warns if one could not be checked',
      change: { namespace: 'not a name' },
      next: NEXT[2],
    },
    {
      name: 'opens an issue if one is unhealthy',
      change: { command: 'kubectl rollout status deployment/missing' },
      next: NEXT[1],
    },
  ])('gate.yml $name', async ({ change, next }) => {
    let source = examples;
    for (const [input, value] of Object.entries(change))
      source = await changed(
        'gate.yml',
        ['jobs', 'gate', 'steps', 0, 'parallel', 1, 'with', input],
        () => value,
      );
    const { success, states, others, skipped } = await perform('gate.yml', {}, source);

    expect(states['Check West Europe']).toBe('succeeded');
    expect({ success, others, skipped }).toEqual({
      success: next === NEXT[0],
      others: [next],
      skipped: NEXT.filter((name) => name !== next),
    });
  });

  test('migrate-database.yml creates a Job with the image of the tag, and waits for it', async () => {
    const { success, steps } = await perform('migrate-database.yml', {
      'inputs.tag': '2.9.0',
    });

    expect(success).toBe(true);
    expect(steps['Migrate']?.outputs['job']).toMatch(/^job\.batch\/migrate-\w+$/);
    const [job] = await objects('Job');
    expect(at(job, 'spec', 'template', 'spec', 'containers')).toEqual([
      expect.objectContaining({ image: 'registry.example.com/shop:2.9.0' }),
    ]);
  });

  test('migrate-database.yml creates another one, describes it if it does not complete, and fails', async () => {
    const source = await changed(
      'migrate-database.yml',
      ['jobs', 'migrate', 'steps', 1, 'with', 'command'],
      (command) => String(command).replace('seq 75', 'seq 1'),
    );
    const { success, steps } = await perform(
      'migrate-database.yml',
      { 'inputs.tag': 'broken' },
      source,
    );

    expect(success).toBe(false);
    expect(steps['Migrate']?.outputs).toMatchObject({ state: 'failed', 'exit-code': '1' });
    expect(steps['Migrate']?.outputs['output']).toMatch(/Name: +migrate-.*Error from server/s);
    expect(await objects('Job')).toHaveLength(2);
  });

  test('fire-and-check-later.yml creates a Job, and later finds that it has completed', async () => {
    const { success, steps } = await perform('fire-and-check-later.yml');
    const submitted = steps['Submit']?.outputs;
    const result = steps['Read the result']?.outputs;

    expect(success).toBe(true);
    expect(submitted).toMatchObject({ state: 'running', 'exit-code': '' });
    expect(steps['Submit']?.summary).toContain('needs.fire.outputs.command-id');
    expect(result).toMatchObject({
      state: 'succeeded',
      'exit-code': '0',
      'command-id': submitted?.['command-id'],
    });
    expect(steps['Check the Job']?.outputs['output']).toMatch(
      /^job\.batch\/reindex-\w+ has completed\.\n$/,
    );
  });
});

test('no example is left out', () => {
  const own = readFileSync(import.meta.filename, 'utf8');
  const files = readdirSync(examples).filter((name) => name.endsWith('.yml'));

  expect(files.filter((file) => !own.includes(`perform('${file}'`))).toEqual([]);
});
