import { GUID, RESOURCE_GROUP } from '../azure/managed-cluster.ts';
import type { FailureOf } from '../failure.ts';
import { problemWithPattern } from '../files/pattern.ts';
import { MAX_TIMEOUT_HOURS } from '../pod/submission.ts';
import { NAMESPACE } from '../pod/variables.ts';
import { say, type Text } from '../text/say.ts';
import { readCollect } from './collect.ts';
import { readCommand, readCommandId, requireCommand } from './command.ts';
import { readEnv } from './env.ts';
import { InputReader, type InputHost } from './reader.ts';
import { clusterOf, readCloud, readCluster, applicationOf } from './target.ts';

/**
 * What the user set, validated. Durations are in seconds. With a `commandId`, there is nothing to
 * run.
 */
export type Inputs = Readonly<ReturnType<typeof readEach>>;

/**
 * Every input, in the order of `action.yml`: its name, how it is read, and what is checked. Fixed
 * defaults are in defaults.ts.
 */
function readEach(reader: InputReader) {
  // Cluster and sign-in
  const cluster = readCluster(reader);
  const resourceGroup = reader.matching('resource-group', RESOURCE_GROUP, A_RESOURCE_GROUP);
  const subscriptionId = reader.matching('subscription-id', GUID, A_SUBSCRIPTION);
  const signIn = readSignIn(reader);

  return {
    cluster: clusterOf(cluster, resourceGroup, subscriptionId, reader),
    ...signIn,

    // What to run
    command: readCommand(reader),
    shell: reader.choice('shell', ['', 'bash', 'sh']),
    namespace: reader.matching('namespace', NAMESPACE, A_NAMESPACE),
    files: {
      patterns: readFiles(reader),
      workingDirectory: reader.text('working-directory'),
      ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore']),
      includeHidden: reader.flag('include-hidden-files'),
    },
    env: readEnv(reader),

    // How to run and judge
    timeout: reader.duration('timeout', MAX_TIMEOUT_HOURS),
    startTimeout: reader.duration('start-timeout', 1),
    startRetries: reader.count('start-retries', 10),
    wait: reader.flag('wait'),
    commandId: readCommandId(reader),
    onCancel: readOnCancel(reader),
    allowedExitCodes: readExitCodes(reader),
    maskOutputs: reader.list('mask-outputs', OUTPUT_NAME, SOME_OUTPUT_NAMES),
    collect: readCollect(reader),
    ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore']),
    summary: reader.flag('summary'),
    dryRun: reader.flag('dry-run'),
  };
}

/** Who signs in, and where. */
function readSignIn(reader: InputReader) {
  const clientId = reader.matching('client-id', GUID, AN_IDENTITY);
  const tenantId = reader.matching('tenant-id', GUID, A_TENANT);
  const audience = reader.text('audience');
  const cloud = readCloud(reader);
  const application = applicationOf(clientId, tenantId, audience || cloud.audience, reader);
  return { application, cloud };
}

function readOnCancel(reader: InputReader) {
  return reader.choice('on-cancel', ['leave', 'stop']);
}

const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;
const EXIT_CODE = /^(?:\d{1,2}|[01]\d\d|2[0-4]\d|25[0-5])$/;

// How messages describe valid values: the end of a sentence that begins with "Use"
const A_RESOURCE_GROUP = say`a resource group's name: letters, digits, and ${'-_.()'}`;
const A_SUBSCRIPTION = say`a subscription's GUID`;
const AN_IDENTITY = say`the GUID of an Entra application or user-assigned identity`;
const A_TENANT = say`the GUID of the identity's Entra tenant`;
const A_NAMESPACE = say`
  the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens, with a letter or digit at
  both ends
`;
const SOME_EXIT_CODES = say`${'any'}, or comma-separated exit codes from 0 to 255`;
const SOME_OUTPUT_NAMES = say`names of step outputs, separated by commas`;

/** Reads `files`. What a line leads to may depend on the disk, which is not read here. */
function readFiles(reader: InputReader): string[] {
  const lines = reader.lines('files');
  for (const line of lines) {
    const problem = problemWithPattern(line);
    if (problem !== undefined) reader.unusable('files', line, problem);
  }
  return lines;
}

function readExitCodes(reader: InputReader): 'any' | readonly number[] {
  if (reader.text('allowed-exit-codes').toLowerCase() === 'any') return 'any';

  return reader.list('allowed-exit-codes', EXIT_CODE, SOME_EXIT_CODES).map(Number);
}

/**
 * Reads all inputs. If they are `invalid`, the step must not go on, and `inputs` may hold invalid
 * values. Problems and warnings show no value that could be secret.
 */
export function readInputs(host: InputHost): {
  readonly inputs: Inputs;
  /** Whether this is about an earlier command, even if its ID is invalid. It may have run. */
  readonly hasCommandId: boolean;
  readonly invalid: InvalidInputs | undefined;
  readonly warnings: readonly Text[];
} {
  const reader = new InputReader(host);
  const inputs = readEach(reader);
  const hasCommandId = host.isGiven('command-id');
  if (hasCommandId) refuseNewCommand(inputs, reader);
  else requireCommand(inputs.command, reader);
  return { inputs, hasCommandId, invalid: invalidIn(reader), warnings: reader.warnings };
}

/**
 * Reads what the post step needs: nothing about the command. Its cluster is known from the step. If
 * they are `invalid`, it must not go on.
 */
export function readPostInputs(host: InputHost) {
  const reader = new InputReader(host);
  const inputs = {
    ...readSignIn(reader),
    onCancel: readOnCancel(reader),
    summary: reader.flag('summary'),
  };
  return { inputs, invalid: invalidIn(reader) };
}

type InvalidInputs = FailureOf<'invalid-inputs'>;

/**
 * All problems: the host's own, those with the inputs, in the order of `action.yml`, and those with
 * the environment. Undefined if there are none.
 */
function invalidIn({ host, invalidNames, problems }: InputReader): InvalidInputs | undefined {
  const environment = connectionProblems(host);
  const all = [...host.problems, ...problems, ...environment];
  if (all.length === 0) return undefined;

  // The names are not all that is wrong if something else is, too.
  const names = all.length === problems.length ? invalidNames : [];
  return { code: 'invalid-inputs', names, problems: all };
}

/** Inputs that describe a new command have no meaning for an earlier one. */
function refuseNewCommand(inputs: Inputs, reader: InputReader): void {
  const id = reader.label('command-id');
  const earlier = say`Not allowed with ${id}, which waits for an earlier command.`;
  if (inputs.command.trim() !== '') reader.problem('command', earlier);
  if (inputs.namespace !== '') reader.problem('namespace', earlier);
  if (inputs.files.patterns.length > 0) reader.problem('files', earlier);
  if (inputs.env.length > 0) reader.problem('env', earlier);
  if (!inputs.wait) reader.problem('wait', earlier);
  if (inputs.collect.length > 0) {
    reader.problem(
      'collect',
      say`Not allowed with ${id}. The files that the earlier command collects come back anyway.`,
    );
  }
  if (inputs.dryRun) reader.problem('dry-run', earlier);
}

const CERTIFICATES = say`
  ${'NODE_TLS_REJECT_UNAUTHORIZED=0'} turns off certificate checks. Remove it. To trust your own
  certificate authority, set ${'NODE_EXTRA_CA_CERTS'} to the path of its certificate.
`;

/** Tokens and verdicts must not travel over a connection that proves nothing. */
function connectionProblems({ variable }: InputHost): Text[] {
  return variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0' ? [CERTIFICATES] : [];
}
