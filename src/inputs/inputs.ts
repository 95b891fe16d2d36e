import type { SignIn } from '../azure/port.ts';
import type { FilesRequest } from '../files/request.ts';
import { CLOUD_NAMES, defaultAudience, parseEnvironment, type Environment } from '../azure/cloud.ts';
import { parseCommandId, type CommandId } from '../azure/command-id.ts';
import { parseDuration } from './duration.ts';
import { readEnvironmentVariables } from './environment-variables.ts';
import { StepError } from '../failure.ts';
import {
  CLUSTER_NAME,
  GUID,
  parseResourceId,
  resourceId,
  RESOURCE_GROUP,
  type ManagedCluster,
} from '../azure/managed-cluster.ts';
import type { EnvironmentVariable } from '../pod/variables.ts';
import type { Shell } from '../pod/shell.ts';

/** Everything a workflow author may set, read once and valid. */
export type Inputs = {
  readonly cluster: ManagedCluster;
  readonly signIn: SignIn;
  readonly environment: Environment;
  readonly task: Run | Follow;
  /** Seconds. */
  readonly timeout: number;
  readonly allowedExitCodes: 'any' | readonly number[];
  readonly maskOutputs: readonly string[];
};

/** A command to run. */
export type Run = {
  readonly kind: 'run';
  readonly command: string;
  readonly shell: Shell;
  readonly files: FilesRequest;
  readonly env: readonly EnvironmentVariable[];
  /** Seconds. */
  readonly startTimeout: number;
  readonly startRetries: number;
  readonly wait: boolean;
  readonly dryRun: boolean;
};

/** An earlier command to wait for. */
export type Follow = { readonly kind: 'follow'; readonly commandId: CommandId };

/** Reads an input as it stands in the workflow, untrimmed; empty where it is not set. */
export type ReadInput = (name: string) => string;

const MAX_TIMEOUT_SECONDS = 120 * 3600;
const MAX_START_TIMEOUT_SECONDS = 3600;
const MAX_START_RETRIES = 10;
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;

/**
 * Reads and validates every input.
 *
 * @param lookUp the runner's own environment variables, for `env` lines that are a `NAME` alone.
 * @throws StepError `invalid-inputs` with one problem for each bad input, all of them.
 */
export function readInputs(read: ReadInput, lookUp: (name: string) => string | undefined): Inputs {
  const problems: string[] = [];
  const value = (name: string) => read(name).trim();
  const report = (name: string, problem: string, given?: string) => {
    problems.push(`${name}: ${problem}${given === undefined ? '' : `, but is ${JSON.stringify(given)}`}`);
  };

  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const given = value(name);
    const match = allowed.find((candidate) => candidate === given);
    if (match !== undefined) return match;
    if (given !== '') report(name, `must be ${allowed.filter((text) => text !== '').join(', ')}`, given);
    return fallback;
  };
  const flag = (name: string, fallback: boolean): boolean => {
    const given = value(name);
    if (['true', 'True', 'TRUE'].includes(given)) return true;
    if (['false', 'False', 'FALSE'].includes(given)) return false;
    if (given !== '') report(name, 'must be true or false', given);
    return fallback;
  };
  const duration = (name: string, fallback: string, most: number): number => {
    const given = value(name) || fallback;
    const seconds = parseDuration(given);
    if (seconds !== undefined && seconds >= 1 && seconds <= most) return seconds;
    report(name, `must be a duration such as 90s, 15m or 1h30m, from 1s to ${most / 3600}h`, given);
    return 1;
  };
  const matching = (name: string, pattern: RegExp, what: string): string => {
    const given = value(name);
    if (given !== '' && !pattern.test(given)) report(name, `must be ${what}`, given);
    return given;
  };
  const list = (name: string): string[] =>
    value(name)
      .split(/[\n,]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');

  const cluster = readCluster(value, report);

  const environmentText = value('environment') || 'azurecloud';
  const environment = parseEnvironment(environmentText);
  if (!environment) {
    report('environment', `must be ${CLOUD_NAMES.join(', ')} or the https:// URL of an ARM endpoint`, environmentText);
  }

  const clientId = matching('client-id', GUID, 'the GUID of an Entra application or user-assigned identity');
  const tenantId = matching('tenant-id', GUID, "the GUID of the identity's Entra tenant");
  const audience = value('audience');
  if (clientId !== '' && tenantId === '') report('tenant-id', 'is required with client-id');
  if (tenantId !== '' && clientId === '') report('client-id', 'is required with tenant-id');

  const command = read('command');
  const commandIdText = value('command-id');
  const commandId = parseCommandId(commandIdText);
  const patterns = read('files')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const env = readEnvironmentVariables(read('env'), lookUp);
  for (const { line, name, problem } of env.problems) {
    problems.push(`env: line ${line}${name === undefined ? '' : ` (${name})`} ${problem}`);
  }

  const run: Run = {
    kind: 'run',
    command,
    shell: oneOf<Shell>('shell', ['', 'bash', 'sh'], ''),
    files: {
      patterns,
      workingDirectory: value('working-directory'),
      ifNoFilesFound: oneOf('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
      includeHidden: flag('include-hidden-files', false),
    },
    env: env.variables,
    startTimeout: duration('start-timeout', '90s', MAX_START_TIMEOUT_SECONDS),
    startRetries: readCount('start-retries', 2, MAX_START_RETRIES, value, report),
    wait: flag('wait', true),
    dryRun: flag('dry-run', false),
  };
  if (commandIdText !== '') {
    if (commandId === undefined) report('command-id', 'must be 32 lower-case hex digits', commandIdText);
    const excluded = { command: command.trim(), files: patterns.join(), env: read('env').trim() };
    for (const [name, given] of Object.entries(excluded)) {
      if (given !== '') report(name, 'cannot be used with command-id, which waits for an earlier command');
    }
    if (!run.wait) report('wait', 'cannot be false with command-id, which waits for an earlier command');
    if (run.dryRun) report('dry-run', 'cannot be true with command-id, which runs nothing');
  } else if (command.trim() === '') {
    report('command', 'is required, unless command-id names an earlier command to wait for');
  }

  const maskOutputs = list('mask-outputs');
  for (const name of maskOutputs) {
    if (!OUTPUT_NAME.test(name)) report('mask-outputs', 'must be names of step outputs', name);
  }
  const inputs = {
    timeout: duration('timeout', '30m', MAX_TIMEOUT_SECONDS),
    allowedExitCodes: readExitCodes(list('allowed-exit-codes'), report),
    maskOutputs,
  };
  flag('summary', true);

  if (problems.length > 0 || !environment) throw new StepError({ code: 'invalid-inputs', problems });
  return {
    ...inputs,
    cluster,
    environment,
    signIn:
      clientId === ''
        ? { kind: 'ambient' }
        : { kind: 'oidc', clientId, tenantId, audience: audience || defaultAudience(environment) },
    task: commandId === undefined ? run : { kind: 'follow', commandId },
  };
}

/** Whether a summary is wanted. Its own function, since a failure to read the other inputs is summarized too. */
export function wantsSummary(read: ReadInput): boolean {
  return !['false', 'False', 'FALSE'].includes(read('summary').trim());
}

type Report = (name: string, problem: string, given?: string) => void;

function readCluster(value: (name: string) => string, report: Report): ManagedCluster {
  const text = value('cluster');
  const isName = !text.includes('/');
  const own = parseResourceId(text);
  if (text === '') {
    report('cluster', "is required: the cluster's name or its full ARM resource ID");
  } else if (isName && !CLUSTER_NAME.test(text)) {
    report('cluster', 'must be 1 to 63 letters, digits, - and _, with a letter or digit at both ends', text);
  } else if (!isName && !own) {
    const form = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
    report('cluster', `must be a cluster's name or an ARM resource ID of the form ${form}`, text);
  }

  const part = (name: string, ofId: string | undefined, pattern: RegExp, what: string): string => {
    const given = value(name);
    if (given === '') {
      const required = 'is required with a cluster name (the full ARM resource ID in cluster would supply it)';
      if (isName && text !== '') report(name, required);
    } else if (!pattern.test(given)) {
      report(name, `must be ${what}`, given);
    } else if (ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
      report(name, `contradicts the resource ID in cluster, which has ${JSON.stringify(ofId)}: leave it out`, given);
    }
    return given;
  };
  const group = "a resource group's name: letters, digits and - _ . ( )";
  const resourceGroup = part('resource-group', own?.resourceGroup, RESOURCE_GROUP, group);
  const subscriptionId = part('subscription-id', own?.subscriptionId, GUID, "a subscription's GUID");
  return own ?? { subscriptionId, resourceGroup, name: text };
}

function readCount(
  name: string,
  fallback: number,
  most: number,
  value: (name: string) => string,
  report: Report,
): number {
  const given = value(name) || String(fallback);
  if (/^\d{1,4}$/.test(given) && Number(given) <= most) return Number(given);
  report(name, `must be a whole number from 0 to ${most}`, given);
  return fallback;
}

function readExitCodes(items: readonly string[], report: Report): 'any' | number[] {
  if (items.join().toLowerCase() === 'any') return 'any';
  const codes = items.length === 0 ? ['0'] : items;
  const bad = codes.filter((code) => !/^\d{1,3}$/.test(code) || Number(code) > 255);
  if (bad.length > 0) {
    report('allowed-exit-codes', 'must be "any" or comma-separated exit codes from 0 to 255', bad.join(', '));
  }
  return codes.map(Number);
}
