import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { field, parseJson } from '../../text/json.ts';

/**
 * The subscription as given. For a cluster given by its name, the default is the current
 * subscription of `az`.
 */
export function subscriptionId(
  inputs: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv,
): string {
  const given = inputs.get('subscription-id');
  if (given !== undefined) return given;
  return isNamed(inputs) ? currentSubscription(env) : '';
}

/** Whether the cluster is given by its name, and not by its resource ID. */
function isNamed(inputs: ReadonlyMap<string, string>): boolean {
  const cluster = inputs.get('cluster') ?? '';
  return cluster !== '' && !cluster.includes('/');
}

/** Read from the file of `az`, because `az` itself takes a second to list them. */
function currentSubscription(env: NodeJS.ProcessEnv): string {
  // An empty path would be the current folder, and so a file that anyone may have committed.
  const given = env['AZURE_CONFIG_DIR'] ?? '';
  const folder = given || path.join(homedir(), '.azure');
  const listed = field(
    parseJson(readText(path.join(folder, 'azureProfile.json'))),
    'subscriptions',
  );
  if (!Array.isArray(listed)) return '';

  const current: unknown = listed.find((entry) => field(entry, 'isDefault') === true);
  const id = field(current, 'id');
  return typeof id === 'string' ? id : '';
}

/** The text of a file, without the byte order mark that `az` writes; empty if there is no file. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return '';
  }
}
