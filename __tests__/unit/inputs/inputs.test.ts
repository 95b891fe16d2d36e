import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anyText } from '../../support/any-text.ts';
import { CLOUD_NAMES } from '../../../src/azure/cloud.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { DEFAULTS } from '../../../src/inputs/defaults.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { say, type Text } from '../../../src/text/say.ts';
import { readAll } from './read.ts';

type Given = Readonly<Record<string, string>>;

const GUID = '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6';
const OTHER_GUID = '00000000-0000-4000-8000-000000000001';
const ID =
  `/subscriptions/${GUID}/resourceGroups/rg` +
  '/providers/Microsoft.ContainerService/managedClusters/prod';
const COMMAND_ID = '476c56420763494ca19c24e67f15f66e';
const BASE: Given = { cluster: ID, command: 'kubectl get pods' };

const read = (given: Given): Inputs => readAll({ ...BASE, ...given }).inputs;
const problemsOfAll = (given: Given) => readAll(given).problems;
const problems = (given: Given) => problemsOfAll({ ...BASE, ...given });

describe('action.yml', () => {
  const text = readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8');
  const declared = (parse(text) as { inputs: Record<string, { default?: string }> }).inputs;

  test('declares the inputs that readEach in inputs.ts reads, and in the same order', () => {
    const names = new Set<string>();
    const input = (name: string) => {
      names.add(name);
      return '';
    };
    readAll({}, { input });
    expect([...names]).toEqual(Object.keys(declared));
  });

  test('has the defaults of inputs that are not set, as at a prompt', () => {
    const defaults = new Map<string, string>();
    for (const [name, { default: value }] of Object.entries(declared)) {
      if (value !== undefined) defaults.set(name, value);
    }
    expect(Object.entries(DEFAULTS)).toEqual([...defaults]);
    expect(read({ ...DEFAULTS, ...BASE })).toEqual(read({}));
  });
});

const CLUSTER = { cluster: { subscriptionId: GUID, resourceGroup: 'rg', name: 'prod' } };
const OIDC = { 'client-id': GUID, 'tenant-id': OTHER_GUID };

describe('valid inputs', () => {
  test.each<[string, Given, object]>([
    [
      'a cluster by name',
      { cluster: 'prod', 'resource-group': 'rg', 'subscription-id': GUID },
      CLUSTER,
    ],
    [
      'an ID, and the same once more',
      { 'resource-group': 'RG', 'subscription-id': GUID.toUpperCase() },
      CLUSTER,
    ],
    ['blanks around', { cluster: ` ${ID}\n`, timeout: ' 5m ' }, { ...CLUSTER, timeout: 300 }],
    [
      "a cloud's audience",
      { ...OIDC, environment: 'AzureUSGovernment' },
      { application: { clientId: GUID, audience: 'api://AzureADTokenExchangeUSGov' } },
    ],
    [
      'a command whose every line ends in CRLF',
      { command: 'a\r\n  b\r\n' },
      { command: 'a\n  b\n' },
    ],
    ['a command of which one line ends in CRLF', { command: 'a\r\nb\n' }, { command: 'a\r\nb\n' }],
    ['a command keeps its blanks', { command: '\n  a\n\n' }, { command: '\n  a\n\n' }],
    [
      'patterns',
      { files: '# all\r\n  a/**  \r\n\r\n!a/x#1\n #no' },
      { files: { patterns: ['a/**', '!a/x#1'] } },
    ],
    ['bash', { shell: 'bash' }, { shell: 'bash' }],
    ['the longest namespace', { namespace: 'n'.repeat(63) }, { namespace: 'n'.repeat(63) }],
    ['the shortest', { timeout: '1s', 'start-timeout': '1s' }, { timeout: 1, startTimeout: 1 }],
    [
      'the longest',
      { timeout: '120h', 'start-timeout': '1h' },
      { timeout: 432_000, startTimeout: 3600 },
    ],
    [
      'nothing',
      {},
      { timeout: 1800, startTimeout: 90, startRetries: 2, wait: true, allowedExitCodes: [0] },
    ],
    ['no exit code between commas', { 'allowed-exit-codes': ' , ' }, { allowedExitCodes: [0] }],
    ['most retries', { 'start-retries': '10' }, { startRetries: 10 }],
    ['exit codes', { 'allowed-exit-codes': '3,255' }, { allowedExitCodes: [3, 255] }],
    ['any exit code', { 'allowed-exit-codes': 'Any' }, { allowedExitCodes: 'any' }],
    ['outputs to mask', { 'mask-outputs': 'a, b-c\n_d\n' }, { maskOutputs: ['a', 'b-c', '_d'] }],
    [
      'an earlier command',
      { command: ' \n', files: '# none\n', env: '\n', 'command-id': COMMAND_ID },
      { commandId: COMMAND_ID, wait: true },
    ],
  ])('%s', (_name, given, expected) => {
    expect(read(given)).toMatchObject(expected);
    expect(problems(given)).toEqual([]);
  });
});

const EMPTY =
  'If the workflow sets it, its value is empty: the variable or secret does not exist, or it ' +
  'belongs to an environment that the job does not name. In that case, add environment: NAME next to ' +
  'runs-on.';

/** The problem names the input, shows its bad value, and says what is allowed. */
const bad = (name: string, value: string, allowed: string) =>
  [name, value, `${name}: ${value} is invalid. Use ${allowed}`] as const;
const ID_FORM =
  '/subscriptions/GUID/resourceGroups/GROUP' +
  '/providers/Microsoft.ContainerService/managedClusters/NAME';
const NAME_RULE =
  '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends.';
const NAMESPACE_RULE =
  'the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens, with a letter or ' +
  'digit at both ends.';
const CLOUDS = `${CLOUD_NAMES.join(', ')}, or the https:// URL of an ARM endpoint.`;
const DURATION = 'a duration such as 90s, 15m, or 1h30m, from 1s to';
const NO_COMMAND =
  'is required, unless command-id names an earlier command to wait for. If the workflow sets ' +
  'command-id, its value is empty: pass it on from the job that started the command, with ' +
  'outputs: there and needs: here.';
const BAD: readonly (readonly [name: string, value: string, problem: string])[] = [
  ['cluster', ' ', `cluster is required: the cluster's name or its full ARM resource ID. ${EMPTY}`],
  bad('cluster', 'pröd', NAME_RULE),
  bad(
    'cluster',
    '/subscriptions/x',
    `the cluster's name, or its full ARM resource ID: ${ID_FORM}.`,
  ),
  bad('resource-group', 'a/b', "a resource group's name: letters, digits, and -_.()."),
  bad('subscription-id', 'mine', "a subscription's GUID."),
  bad('client-id', 'app', 'the GUID of an Entra application or user-assigned identity.'),
  bad('tenant-id', 'contoso.com', "the GUID of the identity's Entra tenant."),
  bad('environment', 'http://arm.example', CLOUDS),
  bad('environment', 'AzureGermanCloud', CLOUDS),
  ['command', ' \n ', `command ${NO_COMMAND}`],
  bad('shell', 'zsh', 'bash or sh.'),
  bad('namespace', 'n'.repeat(64), NAMESPACE_RULE),
  bad('namespace', '-shop', NAMESPACE_RULE),
  bad('namespace', 'shop.web', NAMESPACE_RULE),
  bad('if-no-files-found', 'fail', 'error, warn, or ignore.'),
  bad('wait', '0', 'true or false.'),
  bad('summary', 'tRUE', 'true or false. Did you mean true?'),
  bad('timeout', '0', `${DURATION} 120h.`),
  bad('timeout', '121h', `${DURATION} 120h.`),
  bad('timeout', '10', `${DURATION} 120h.`),
  bad('timeout', '200H', `${DURATION} 120h.`),
  bad('start-timeout', '2h', `${DURATION} 1h.`),
  bad('start-retries', '11', 'a whole number from 0 to 10.'),
  bad('start-retries', '-1', 'a whole number from 0 to 10.'),
  bad('allowed-exit-codes', '256, any', 'any, or comma-separated exit codes from 0 to 255.'),
  bad('allowed-exit-codes', '256', 'any, or comma-separated exit codes from 0 to 255.'),
  bad('mask-outputs', 'a b', 'names of step outputs, separated by commas.'),
  [
    'files',
    '../x',
    'files: ../x cannot be used: it leads out of the working directory. To send files from another ' +
      'folder, make that folder the working directory.',
  ],
  [
    'files',
    '{a,b}'.repeat(10),
    `files: ${'{a,b}'.repeat(10)} cannot be used: its braces expand to more than 500 patterns.`,
  ],
  ['env', 'A=1\n=s3cret', 'env: line 2 has no name before the =.'],
  bad('command-id', '42', '32 hexadecimal digits, without dashes.'),
];

describe('one bad input', () => {
  test.each(BAD)('%s is %j', (name, value, problem) => {
    const rest: Given = name === 'command-id' ? { command: '' } : {};

    expect(problems({ ...rest, [name]: value })).toContain(problem);
  });
});

test.each([
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 1],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '1', 0],
])('%s=%s', (own, value, refusals) => {
  const variable = (name: string) => (name === own ? value : undefined);
  expect(readAll(BASE, { variable }).problems).toHaveLength(refusals);
});

describe('what was meant by a bad input', () => {
  test.each<[name: string, input: string, given: string, meant: string]>([
    ['capitals', 'start-timeout', '90S', 'Did you mean 90s?'],
    ['letters that changed places', 'wait', 'flase', 'Did you mean false?'],
    ['a slip in a word', 'if-no-files-found', 'warm', 'Did you mean warn?'],
    ['capitals of an ID', 'command-id', COMMAND_ID.toUpperCase(), `Did you mean ${COMMAND_ID}?`],
    ['a slip in a cloud', 'environment', 'azurcloud', 'Did you mean azurecloud?'],
  ])('%s', (_name, input, given, meant) => {
    const rest: Given = input === 'command-id' ? { command: '' } : {};
    const [problem] = problems({ ...rest, [input]: given });
    expect(problem).toContain(' is invalid. Use ');
    expect(problem).toContain(meant);
  });
});

describe('inputs that do not fit together', () => {
  test.each<[string, Given, readonly string[]]>([
    ['client-id alone', { 'client-id': GUID }, [`tenant-id is required with client-id. ${EMPTY}`]],
    ['tenant-id alone', { 'tenant-id': GUID }, [`client-id is required with tenant-id. ${EMPTY}`]],
    [
      'a resource ID that contradicts the rest',
      { 'resource-group': 'other', 'subscription-id': OTHER_GUID },
      [
        'resource-group: other contradicts the resource ID in cluster, which has rg. ' +
          'Leave it out.',
        `subscription-id: ${OTHER_GUID} contradicts the resource ID in cluster, which has ` +
          `${GUID}. Leave it out.`,
      ],
    ],
    [
      'command-id and a new command',
      {
        'command-id': COMMAND_ID,
        namespace: 'shop',
        files: 'x',
        env: 'A=1',
        collect: 'x',
        wait: 'false',
        'dry-run': 'true',
      },
      [
        'command: Not allowed with command-id, which waits for an earlier command.',
        'namespace: Not allowed with command-id, which waits for an earlier command.',
        'files: Not allowed with command-id, which waits for an earlier command.',
        'env: Not allowed with command-id, which waits for an earlier command.',
        'wait: Not allowed with command-id, which waits for an earlier command.',
        'collect: Not allowed with command-id. The files that the earlier command collects come ' +
          'back anyway.',
        'dry-run: Not allowed with command-id, which waits for an earlier command.',
      ],
    ],
  ])('%s', (_name, given, expected) => {
    expect(problems(given)).toEqual(expected);
  });
});

test('every bad input is named, all in one failure, and none that is good', () => {
  const some = fc.uniqueArray(fc.constantFrom(...BAD.filter(([name]) => name !== 'command-id')), {
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(some, (chosen) => {
      const names = new Set(chosen.map(([name]) => name));
      // A cluster's name requires the other two, and its ID allows them if they are the same.
      const given = new Map([
        ['client-id', GUID],
        ['tenant-id', OTHER_GUID],
        ['resource-group', 'rg'],
        ['subscription-id', GUID],
      ]);
      for (const [name, value] of chosen) given.set(name, value);
      const found = problems(Object.fromEntries(given));
      for (const [, , problem] of chosen) expect(found).toContain(problem);
      expect(new Set(found.map((problem) => /^[a-z-]+/.exec(problem)?.[0]))).toEqual(names);
    }),
  );
});

test('whatever the inputs, they are read, or refused with words', () => {
  const names = Array.from(new Set(BAD.map(([name]) => name)));
  const given = fc.dictionary(fc.constantFrom(...names), anyText());
  fc.assert(
    fc.property(given, (inputs) => {
      for (const problem of problemsOfAll(inputs)) expect(problem).toMatch(/^[a-z-]+:? [^]+/);
    }),
  );
});

test.each<[value: string, wanted: boolean]>([
  ['nonsense, which is another failure', true],
  [' FALSE ', false],
])('a summary with summary: %j is wanted: %s', (value, wanted) => {
  expect(read({ cluster: '', summary: value }).summary).toBe(wanted);
});

describe('at a prompt', () => {
  const problemsAt = (given: Given, problems: readonly Text[] = []) =>
    readAll(given, { words: PROMPT, problems }).problems;

  test('required options are named, and no workflow is spoken of', () => {
    expect(problemsAt({ command: 'true' })).toEqual([
      "--cluster is required: the cluster's name or its full ARM resource ID. Options come " +
        'before the command.',
    ]);
    expect(problemsAt({ cluster: 'prod', environment: 'production' })).toEqual([
      '--resource-group is required with a cluster name. Or set --cluster to the full ARM ' +
        'resource ID instead.',
      '--subscription-id is required with a cluster name. Or set --cluster to the full ARM ' +
        'resource ID instead. After az login, it defaults to the current subscription.',
      `--environment: production is invalid. Use ${CLOUDS}`,
      '--command is required, unless --command-id names an earlier command to wait for.',
    ]);
  });

  test('problems in the arguments come first, and may be what seems to be missing', () => {
    expect(
      problemsAt({ command: 'true', shell: 'zsh' }, [say`--cluser is not an option.`]),
    ).toEqual(['--cluser is not an option.', '--shell: zsh is invalid. Use bash or sh.']);
  });

  test.each<[name: string, problems: readonly Text[], names: string[]]>([
    ['all inputs that have problems', [], ['--cluster', '--command', '--shell']],
    ['none if that would not be all that is wrong', [say`--cluser is not an option.`], []],
  ])('the headline names %s', (_name, problems, names) => {
    expect(readAll({ shell: 'zsh' }, { words: PROMPT, problems }).names).toEqual(names);
  });

  test.each<[name: string, given: Given, hasCommandId: boolean]>([
    ['an invalid ID', { 'command-id': 'x' }, true],
    ['an option without its ID', { 'command-id': '' }, true],
    ['no option', {}, false],
  ])('this may be about an earlier command: %s', (_name, given, hasCommandId) => {
    const isGiven = (name: string) => name in given;
    expect(readAll(given, { words: PROMPT, isGiven }).hasCommandId).toBe(hasCommandId);
  });
});
