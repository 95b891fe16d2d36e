import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  clusterId,
  cluster,
  demo,
  startLocalAzure,
  type LocalAzure,
} from '../../local/azure/index.ts';
import { field } from '../../src/text/json.ts';
import { OPTIONS } from '../../src/hosts/terminal/options.ts';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { needing } from '../support/tools.ts';
import { BUNDLE, environment, execute, idToken } from '../cli/support.ts';
import { scratch } from '../support/scratch.ts';

const document = ['COMMAND_LINE', 'OTHER_CI']
  .map((name) => readDocument(`docs/${name}.md`))
  .join('\n');
const folder = scratch('document');
let azure: LocalAzure;
const PROD = cluster('prod-weu', { resourceGroup: 'shop' });

beforeAll(async () => {
  azure = await startLocalAzure({
    clusters: [PROD],
    pods: { toolFolders: [path.join(folder, 'bin')] },
  });
  mkdirSync(path.join(folder, 'k8s'));
  mkdirSync(path.join(folder, 'bin'));
  writeFileSync(path.join(folder, 'k8s/web.yaml'), 'kind: ConfigMap\n');
  // What is installed on the machine that runs the snippet: the stand-in is another cloud, and has
  // no session of az. With --debug, it says which ID token it signs in with.
  const run = `exec '${process.execPath}' '${BUNDLE}'`;
  const rest = `--debug --environment '${azure.url}' "$@"`;
  const ids = `--client-id ${demo.clientId} --tenant-id ${demo.tenantId}`;
  tool(
    'aks-run-command',
    `case " $* " in *" --client-id "*) ${run} ${rest} ;; *) ${run} ${ids} ${rest} ;; esac`,
  );
  tool('npx', 'shift 2; exec aks-run-command "$@"');
  tool('buildkite-agent', 'printf %s "$ISSUED"');
  tool('curl', 'tar -czf - -T /dev/null');
  tool(
    'kubectl',
    `case "$*" in *"-o json") echo '{"items":[1,2]}' ;; *) echo kubectl "$@" ;; esac`,
  );
  const subscriptions = [{ id: demo.subscriptionId, name: 'Shop', isDefault: true }];
  writeFileSync(path.join(folder, 'azureProfile.json'), JSON.stringify({ subscriptions }));
});
afterAll(() => azure.stop());

/** What each system sets for its snippet. `TOKEN` stands for an ID token. */
const OTHER_CI = {
  CI: 'true',
  AZURE_CLIENT_ID: demo.clientId,
  AZURE_TENANT_ID: demo.tenantId,
  ACTIONS_ID_TOKEN_REQUEST_URL: '',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: '',
};
const at = (value: unknown, ...names: readonly string[]): unknown => names.reduce(field, value);
const steps = (words: string, ...names: readonly string[]) =>
  at(parse(block('yaml', words)), ...names, 'steps') as unknown[];
const between = (language: string, words: string, text: RegExp) =>
  text.exec(block(language, words))?.[1] ?? '';

const SCRIPTS = {
  'Azure Pipelines': () => at(steps('AzureCLI@2').at(-1), 'inputs', 'inlineScript'),
  GitLab: () => (at(parse(block('yaml', 'id_tokens')), 'deploy', 'script') as string[]).join('\n'),
  Jenkins: () => between('groovy', 'withCredentials', /sh '([^']*)'/),
  CircleCI: () => at(steps('CIRCLE_OIDC', 'jobs', 'deploy').at(-1), 'run'),
  Buildkite: () => String(at(steps('buildkite-agent')[0], 'command')).replaceAll('$$', '$'),
  Terraform: () =>
    JSON.parse(between('hcl', 'local-exec', /command = ("(?:\\.|[^"\\])*")/)) as unknown,
  // Terraform fills in the cluster, and gives the program none of the variables of the others.
  'Terraform, a value': () => {
    const program = between('hcl', 'external', /EOT\n([^]*?)\n *EOT/);
    const filled = program.replace('${azurerm_kubernetes_cluster.main.id}', clusterId(PROD));
    return `unset CLUSTER_ID; { ${filled}\n} >version.json`;
  },
  Bicep: () => between('bicep', 'scriptContent', /'''\n([^]*?)'''/),
  PowerShell: () =>
    `${between('powershell', '$result', /= (aks-run-command .*) \|/)} >powershell.json`,
};

describe('each snippet runs where it belongs', () => {
  async function runs(
    name: keyof typeof SCRIPTS,
    env: Readonly<Record<string, string>>,
  ): Promise<void> {
    const token = Object.values(env).includes('TOKEN') ? await idToken(azure) : '';
    const entries = Object.entries(env).map(([variable, value]) => [
      variable,
      value === 'TOKEN' ? token : value,
    ]);
    const { code, stderr } = await shell(
      String(SCRIPTS[name]()),
      Object.fromEntries(entries) as typeof env,
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.not.stringMatching(/^(?:Error|Warning):/m),
    });
    expect(stderr.includes('the ID token of --id-token-env')).toBe(token !== '');
  }
  const read = (name: string) =>
    JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown;

  test.each<Parameters<typeof runs>>([
    ['Azure Pipelines', { TF_BUILD: 'True' }],
    ['GitLab', { ...OTHER_CI, GITLAB_CI: 'true', AZURE_ID_TOKEN: 'TOKEN' }],
    ['Jenkins', { ...OTHER_CI, JENKINS_URL: 'https://jenkins.example/', AZURE_ID_TOKEN: 'TOKEN' }],
    ['CircleCI', { ...OTHER_CI, CIRCLECI: 'true', CIRCLE_OIDC_TOKEN_V2: 'TOKEN' }],
    ['Buildkite', { ...OTHER_CI, BUILDKITE: 'true', ISSUED: 'TOKEN' }],
    ['Terraform', { TF_LOG: '', CI: '' }],
    ['Bicep', { AZ_SCRIPTS_OUTPUT_PATH: 'out.json' }],
    ['PowerShell', {}],
  ])('%s', runs);

  test('what they leave behind is what they say', () => {
    expect(read('namespace.json')).toMatchObject({ state: 'succeeded' });
    expect(read('out.json')).toMatchObject({
      state: 'succeeded',
      output: 'kubectl get namespace shop\n',
    });
    expect(read('powershell.json')).toMatchObject({
      state: 'succeeded',
      output: 'kubectl get pods\n',
    });
  });

  test('Azure Pipelines gets tokens that renew', () => {
    const [node, task] = steps('AzureCLI@2');
    expect(node).toEqual({ task: 'UseNode@1', inputs: { version: '24.x' } });
    expect(at(task, 'env')).toEqual({ SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' });
  });

  needing(['jq'], () => {
    test('Terraform, a value', async () => {
      await runs('Terraform, a value', {});
      expect(read('version.json')).toEqual({ version: '1.2.3' });
    });

    test.each([
      ['an id that is kept', '--no-wait', 'kubectl apply --filename k8s\n'],
      ['values of JSON', '.outputs.version', 'succeeded\n1.2.3\n'],
      ['a count', '.items | length', '2\n'],
    ])('sh: %s', async (_name, words, output) => {
      expect(await shell(block('sh', words))).toMatchObject({ code: 0, stdout: output });
    });
  });
});

test('names options that exist', () => {
  const known = new Set(OPTIONS.flatMap(({ name, aliases }) => [name, ...aliases]));
  // Of other programs.
  const others = 'filename raw-output yes global subject-claim prefix';
  const ofOurs = document.replaceAll(/```sh\naz [^]*?```/g, '');
  const named = [...ofOurs.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !known.has(name) && !others.split(' ').includes(name))).toEqual([]);
});

function tool(name: string, script: string): void {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** The block of a language that holds the words. */
function block(language: string, words: string): string {
  const found = blocksOf(document, language).find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`No ${language} with ${words}`);
  return found.text;
}

/** Runs lines as each of these CIs does: in bash, which stops at the first that fails. */
function shell(script: string, env: Readonly<Record<string, string>> = {}) {
  const PATH = `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`;
  const own = { PATH, AZURE_CONFIG_DIR: folder, CLUSTER_ID: clusterId(PROD) };
  return execute('bash', ['-e', '-c', script], {
    cwd: folder,
    env: { ...environment(azure), ...own, ...env },
  });
}
