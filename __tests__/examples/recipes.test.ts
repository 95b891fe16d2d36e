import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cluster,
  demo,
  startLocalAzure,
  toolFolder,
  type LocalAzure,
} from '../../local/azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../../local/kubernetes/index.ts';
import { ended, runStep, type StepStart } from '../../local/github/step.ts';
import { BUNDLE, environment } from '../cli/support.ts';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { completeWorkflow, inputsOfOurSteps } from '../docs/workflow.ts';
import { createNamespace } from '../support/create-namespace.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { scratch } from '../support/scratch.ts';
import { needing } from '../support/tools.ts';
import { killOnce } from '../support/until.ts';
import { examples } from './support.ts';

// docs/USE.md, with real kubectl on the stand-in for a cluster. What that does not decide, such
// as permissions, is answered by a kubectl in front of the real one.

const folder = scratch('recipes');
const bin = path.join(folder, 'bin');
mkdirSync(bin);
const PROD = cluster('prod-weu', { resourceGroup: 'shop' });

let azure: LocalAzure;
let kubernetes: LocalKubernetes;
let kubectl = 'kubectl';

beforeAll(async () => {
  kubernetes = await startLocalKubernetes();
  await createNamespace(kubernetes.url, 'shop');
  const tools = await toolFolder();
  if (tools !== undefined) kubectl = path.join(tools, 'kubectl');
  azure = await startLocalAzure({
    clusters: [PROD],
    pods: {
      kubeconfig: () => Promise.resolve(kubernetes.kubeconfig),
      toolFolders: [bin, ...(tools === undefined ? [] : [tools])],
    },
  });
  const target = `--client-id ${demo.clientId} --tenant-id ${demo.tenantId} --subscription ${demo.subscriptionId}`;
  tool(
    'aks-run-command',
    `exec '${process.execPath}' '${BUNDLE}' ${target} --environment '${azure.url}' "$@"`,
  );
});
afterAll(async () => {
  await azure.stop();
  await kubernetes.stop();
});

function tool(name: string, script: string): void {
  const file = path.join(bin, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** The block of a language that has the words, without its pauses. */
function block(language: string, words: string): string {
  const found = blocksOf(readDocument('docs/USE.md'), language).find(({ text }) =>
    text.includes(words),
  );
  if (found === undefined) throw new Error(`No recipe has ${words}`);
  return found.text.replaceAll(/sleep \d+/g, 'sleep 0');
}

/** Runs the step of this action in a recipe. */
async function perform(
  words: string,
  env: Readonly<Record<string, string>> = {},
  more: Partial<StepStart> = {},
) {
  const [inputs = {}] = inputsOfOurSteps(completeWorkflow(block('yaml', words)));
  const given = Object.entries(inputs).filter(([, value]) => !String(value).includes('${{'));
  const target = { cluster: PROD.name, 'resource-group': PROD.resourceGroup };
  const all = { ...Object.fromEntries(given), ...target } as Record<string, string>;
  return runStep({ env: { ...azure.runnerEnv(all), ...env }, workspace: examples, ...more });
}

function atPrompt(script: string) {
  const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
  const child = spawn('bash', ['-ec', script], {
    cwd: folder,
    env: { ...environment(azure), PATH },
  });
  return ended(child);
}

async function onCluster(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, KUBECONFIG: kubernetes.kubeconfig };
  const { exitCode, stdout, stderr } = await ended(spawn(kubectl, args, { env }));
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

test('a deployment waits for a role, in one pod', async () => {
  // The role comes with the third question.
  tool(
    'kubectl',
    `case $1 in auth) echo x >>'${folder}/asked'; [ "$(wc -l <'${folder}/asked')" -ge 3 ] ;; *) exec '${kubectl}' "$@" ;; esac`,
  );
  const { outputs } = await perform('auth can-i');
  tool('kubectl', `exec '${kubectl}' "$@"`);

  expect(outputs).toMatchObject({ state: 'succeeded' });
  expect(azure.commands()).toHaveLength(1);
  expect(await onCluster('get', 'deployments', '--namespace=shop')).toContain('worker');
});

needing(['jq'], () => {
  test('a pull secret is in the cluster, and its password in no log', async () => {
    const { outputs, stdout, summary } = await perform('dockerconfigjson', {
      REGISTRY: 'registry.example.com',
      REGISTRY_USER: 'octo',
      REGISTRY_PASSWORD: 'p"a$s',
    });
    expect(outputs).toMatchObject({ state: 'succeeded' });
    expect(stdout + summary).not.toContain('p"a$s');
    const written = await onCluster('get', 'secret', 'registry', '--namespace=shop', '-o', 'json');
    const { data } = JSON.parse(written) as { data: Record<string, string> };
    const config = Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString();
    expect(JSON.parse(config)).toEqual({
      auths: { 'registry.example.com': { username: 'octo', password: 'p"a$s' } },
    });
  });
});

describe('a value', () => {
  beforeAll(async () => {
    await onCluster(
      ...[
        'create',
        'secret',
        'generic',
        'shop',
        '--namespace=shop',
        '--from-literal=password=hush',
      ],
    );
  });

  test('is a step output, masked, and not shown', async () => {
    const { outputs, log, summary } = await perform('mask-outputs: password');
    expect(outputs).toMatchObject({ state: 'succeeded', password: 'hush' });
    expect(log.masks).toContain('hush');
    expect(log.shown + summary).not.toContain('hush');
  });
});

inNamespacesOnly(() => {
  test('a rollout is stopped with its run, and says so', async () => {
    const mark = path.join(folder, 'rolling');
    tool(
      'kubectl',
      `case $1 in
      rollout) : >'${mark}'; exec sleep 600 ;;
      apply) exit 0 ;;
      *) exec '${kubectl}' "$@" ;;
    esac`,
    );
    const step = await perform(
      'on-cancel: stop',
      {},
      {
        onStart: (child) => void killOnce(() => existsSync(mark), child, 'SIGINT'),
      },
    );
    expect(step.outputs).toMatchObject({ state: 'running' });
    const post = await perform('on-cancel: stop', {}, { state: step.state });
    expect(post.exitCode).toBe(0);
    expect(post.summary).toContain('The command was stopped');
    expect(post.summary).toContain('Exit code 1 ');
    expect(post.summary).toContain('stopped during the rollout');
  });
});

describe('long work is awaited by short checks', () => {
  const checks = block('sh', 'reindex');

  test('until the Job has completed', async () => {
    tool('kubectl', `case $1 in get) echo Complete ;; esac`);
    expect(await atPrompt(checks)).toMatchObject({ exitCode: 0 });
  });

  test('until the Job has failed, and then its log is shown', async () => {
    tool('kubectl', `case $1 in get) echo Failed ;; logs) echo 'no index' ;; esac`);
    expect(await atPrompt(checks)).toMatchObject({ exitCode: 1, stdout: 'no index\n' });
  });

  test.each([
    ['the Job has not ended', 'exit 0'],
    ['kubectl cannot get it', 'case $1 in get) exit 1 ;; esac'],
  ])('or until all checks are over, if %s', async (_name, kubectl) => {
    tool('kubectl', kubectl);
    const before = azure.commands().length;
    const fewer = checks.replace('seq 24', 'seq 2');
    expect(await atPrompt(fewer)).toMatchObject({ exitCode: 75 });
    expect(azure.commands()).toHaveLength(before + 2);
  });

  test('but not again after a check that did not run, such as one with a mistake', async () => {
    const { exitCode, stderr } = await atPrompt(checks.replace('--timeout 9m', '--timeout 9'));
    expect(exitCode).toBe(125);
    expect(stderr.match(/^Error:/gm)).toHaveLength(1);
  });

  test('and not after an exit code of the check itself', async () => {
    tool('kubectl', 'case $1 in get) kill -KILL "$PPID" ;; esac');
    const before = azure.commands().length;
    expect(await atPrompt(checks)).toMatchObject({ exitCode: 137 });
    expect(azure.commands()).toHaveLength(before + 1);
  });
});
