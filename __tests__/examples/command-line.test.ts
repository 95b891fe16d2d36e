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
import {
  runOnAgent,
  startOidcService,
  type OidcService,
  type PipelineStep,
} from './azure-pipelines.ts';

const document = readDocument('docs/COMMAND_LINE.md');
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
  for (const name of ['web', 'worker'])
    writeFileSync(path.join(folder, `k8s/${name}.yaml`), 'kind: ConfigMap\n');
  // What is installed on the machine that runs the snippet: the stand-in is another cloud, and has
  // no session of az. With --debug, it says which ID token it signs in with.
  const run = `exec '${process.execPath}' '${BUNDLE}'`;
  const rest = `--debug --environment '${azure.url}' "$@"`;
  const ids = `--client-id ${demo.clientId} --tenant-id ${demo.tenantId}`;
  tool(
    'aks-run-command',
    `case "$AS_IT_IS$AZURESUBSCRIPTION_CLIENT_ID $* " in
      ' '*' --client-id '*) ${run} ${rest} ;;
      ' '*) ${run} ${ids} ${rest} ;;
      *) ${run} ${rest} ;;
    esac`,
  );
  tool('npx', 'shift 2; exec aks-run-command "$@"');
  tool('az', 'echo "Please run az login" >&2; exit 1');
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

const at = (value: unknown, ...names: readonly string[]): unknown => names.reduce(field, value);
const between = (language: string, words: string, text: RegExp) =>
  text.exec(block(language, words))?.[1] ?? '';
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown;

/** What a snippet has printed and how it has ended, if it is as it should be. */
const WELL = { code: 0, stderr: expect.not.stringMatching(/^(?:Error|Warning):/m) };

describe('the line for other CI systems runs with the token of', () => {
  /** What each system sets. `TOKEN` stands for an ID token. */
  const SYSTEMS = {
    GitLab: { GITLAB_CI: 'true', AZURE_ID_TOKEN: 'TOKEN' },
    Jenkins: { JENKINS_URL: 'https://jenkins.example/', AZURE_ID_TOKEN: 'TOKEN' },
    CircleCI: { CIRCLECI: 'true', CIRCLE_OIDC_TOKEN_V2: 'TOKEN' },
    Buildkite: { BUILDKITE: 'true', ISSUED: 'TOKEN' },
    'HCP Terraform': { TF_LOG: '', TFC_WORKLOAD_IDENTITY_TOKEN: 'TOKEN' },
  };
  const rows = [...document.matchAll(/^\| ([\w ]+?) +\| (`[A-Z][A-Z0-9_]+`.*?) +\| /gm)];
  const cells = new Map(rows.map(([, system = '', cell = '']) => [system, cell]));

  test('all systems of the table', () => {
    expect([...cells.keys()]).toEqual(Object.keys(SYSTEMS));
  });

  test.each(Object.entries(SYSTEMS))('%s', async (system, variables) => {
    const codes = Array.from(
      (cells.get(system) ?? '').matchAll(/`([^`]+)`/g),
      ([, code = '']) => code,
    );
    const [variable = '', how = ''] = codes;
    const line = block('sh', 'npx --yes').replace('AZURE_ID_TOKEN', variable);
    const token = await idToken(azure);
    const env = Object.entries(variables).map(([name, value]) => [
      name,
      value === 'TOKEN' ? token : value,
    ]);
    const { code, stdout, stderr } = await shell(
      `${how.startsWith('export ') ? how : ''}\n${line}`,
      {
        CI: 'true',
        AZURE_CLIENT_ID: demo.clientId,
        AZURE_TENANT_ID: demo.tenantId,
        ACTIONS_ID_TOKEN_REQUEST_URL: '',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: '',
        ...(Object.fromEntries(env) as Record<string, string>),
      },
    );

    expect({ code, stderr }).toEqual(WELL);
    expect(stderr).toContain('the ID token of --id-token-env');
    expect(stdout).toBe('kubectl apply --filename k8s\n');
  });

  test('GitLab and Jenkins put it into the variable that the line names', () => {
    const [, yaml = ''] = /`(id_tokens: .*?)`/.exec(cells.get('GitLab') ?? '') ?? [];
    expect(parse(yaml)).toEqual({
      id_tokens: { AZURE_ID_TOKEN: { aud: 'api://AzureADTokenExchange' } },
    });
    expect(cells.get('Jenkins')).toContain("variable: 'AZURE_ID_TOKEN'");
  });
});

describe('the step of Azure Pipelines runs on a model of the agent', () => {
  const steps = () => at(parse(block('yaml', 'AzureCLI@')), 'steps') as PipelineStep[];
  let service: OidcService;
  beforeAll(async () => {
    service = await startOidcService(() => idToken(azure));
  });
  afterAll(() => {
    service.stop();
  });

  test('after Node.js', () => {
    expect(steps()[0]).toEqual({ task: 'UseNode@1', inputs: { version: '24.x' } });
  });

  test.each(['AzureCLI@2', 'AzureCLI@3'])('%s', async (task) => {
    expect(block('yaml', 'AzureCLI@')).toContain(task);
    const step = steps()[1] ?? { task, inputs: {} };
    const certificates = [readFileSync(azure.caFile, 'utf8'), service.certificate];
    writeFileSync(path.join(folder, 'both.pem'), certificates.join('\n'));
    const ended = await runOnAgent(
      { ...step, task },
      {
        variables: { 'System.OidcRequestUri': service.uri, 'System.TeamProject': 'shop' },
        secrets: { 'System.AccessToken': 'access-token' },
        connection: {
          name: 'production',
          id: '0c0a0001-0000-4000-8000-000000000001',
          clientId: demo.clientId,
          tenantId: demo.tenantId,
          subscription: { id: demo.subscriptionId, name: 'Shop' },
        },
        env: { ...onMachine(), NODE_EXTRA_CA_CERTS: path.join(folder, 'both.pem') },
        cwd: folder,
        temp: folder,
      },
    );

    expect(ended).toMatchObject({ ...WELL, stdout: 'kubectl apply --filename k8s\n' });
    expect(service.asked()).toEqual([
      'Bearer access-token for 0c0a0001-0000-4000-8000-000000000001',
    ]);
  });
});

describe('Terraform', () => {
  /** The provisioners of a resource of the page: how they run, as Terraform does, and when. */
  function provisionersOf(resource: string) {
    const start = `resource "terraform_data" "${resource}" {`;
    const [, rest = ''] = block('hcl', 'local-exec').split(start);
    const [body = ''] = rest.split('\n}\n');
    return body
      .split('provisioner "local-exec"')
      .slice(1)
      .map((text) => ({
        onDestroy: /\bwhen += destroy\b/.test(text),
        command: JSON.parse(/command += ("(?:\\.|[^"\\])*")/.exec(text)?.[1] ?? '""') as string,
        cluster: /CLUSTER_ID = (\S+)/.exec(text)?.[1],
      }));
  }
  const run = (command: string, env: Readonly<Record<string, string>> = {}) =>
    shell(command, { TF_LOG: '', CI: '', ...env });

  test('runs with several files, and again only for what may be replaced', async () => {
    const provisioners = [...provisionersOf('namespace'), ...provisionersOf('shop')];
    const outputs: string[] = [];
    for (const { command } of provisioners) {
      const { stdout, ...ended } = await run(command);
      expect(ended).toMatchObject(WELL);
      outputs.push(stdout);
    }
    expect(outputs).toEqual([
      'kubectl create namespace shop\n',
      'kubectl delete namespace shop\n',
      'kubectl apply --filename k8s\n',
    ]);
    // A provisioner for the end may refer to its own resource only, and none belongs to the files.
    expect(provisioners.map(({ onDestroy, cluster }) => [onDestroy, cluster])).toEqual([
      [false, 'self.triggers_replace'],
      [true, 'self.triggers_replace'],
      [false, 'azurerm_kubernetes_cluster.main.id'],
    ]);
  });

  test('signs in with the token file of the provider', async () => {
    const file = path.join(folder, 'oidc-token');
    writeFileSync(file, await idToken(azure));
    const command = provisionersOf('shop')[0]?.command ?? '';
    const ended = await run(`${block('sh', 'ARM_OIDC_TOKEN_FILE_PATH')}${command}`, {
      ARM_OIDC_TOKEN_FILE_PATH: file,
      ARM_CLIENT_ID: demo.clientId,
      ARM_TENANT_ID: demo.tenantId,
      AS_IT_IS: 'true',
    });
    expect(ended).toMatchObject({ ...WELL, stdout: 'kubectl apply --filename k8s\n' });
  });

  needing(['jq'], () => {
    test('reads a value', async () => {
      const program = between('hcl', 'external', /EOT\n([^]*?)\n *EOT/);
      const filled = program.replace('${azurerm_kubernetes_cluster.main.id}', clusterId(PROD));
      // It has none of the variables of the others.
      expect(await run(`unset CLUSTER_ID; { ${filled}\n} >version.json`)).toMatchObject(WELL);
      expect(read('version.json')).toEqual({ version: '1.2.3' });
    });
  });
});

test('Bicep: the script waits, and its output is that of the deployment', async () => {
  const script = between('bicep', 'scriptContent', /'''\n([^]*?)'''/);
  const atOnce = `sleep() { :; }\n${script}`;
  expect(await shell(atOnce, { AZ_SCRIPTS_OUTPUT_PATH: 'out.json' })).toMatchObject(WELL);
  expect(read('out.json')).toMatchObject({
    state: 'succeeded',
    output: 'kubectl get namespace shop\n',
  });
  expect(script).toContain('\n      sleep 120 ');
});

test('Ansible: the words of the task are a command', async () => {
  const [task] = parse(block('yaml', 'ansible').replace('{{ cluster_id }}', clusterId(PROD))) as [
    Record<string, string>,
  ];
  expect(task['delegate_to']).toBe('localhost');
  const words = (task['ansible.builtin.command'] ?? '').split(' ');
  const { code, stdout } = await shell('"$0" "$@"', {}, words);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'kubectl apply --filename k8s\n' });
});

describe('docs/COMMAND_LINE.md', () => {
  test('PowerShell', async () => {
    const command = between('powershell', '$result', /= (aks-run-command .*) \|/);
    expect(await shell(`${command} >powershell.json`)).toMatchObject(WELL);
    expect(read('powershell.json')).toMatchObject({
      state: 'succeeded',
      output: 'kubectl get pods\n',
    });
  });

  needing(['jq'], () => {
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

/** The environment of a machine on which everything is installed. */
function onMachine(): Record<string, string> {
  const PATH = `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`;
  return { ...environment(azure), PATH };
}

/** Runs lines as each of these CIs does: in bash, which stops at the first that fails. */
function shell(
  script: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
) {
  const own = { AZURE_CONFIG_DIR: folder, CLUSTER_ID: clusterId(PROD) };
  return execute('bash', ['-e', '-c', script, ...args], {
    cwd: folder,
    env: { ...onMachine(), ...own, ...env },
  });
}
