import { resourceId } from '../azure/managed-cluster.ts';
import { lookUp } from './catalogue/index.ts';
import type { Row } from './catalogue/row.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { compose, type Explanation } from './explanation.ts';
import type { Values } from './catalogue/paste.ts';

/** Hints look at this much of the output's end only: a command with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** … and at this much of a line, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;

/**
 * Hints beside the output of a command that failed: those that its own words, or its exit code, justify. Of many, the
 * last in the output.
 */
export function outputHints(output: string, exitCode: number | undefined, context: Context): Explanation[] {
  const found = new Map<Row, string>();
  for (const line of output.slice(-HINT_CHARACTERS).split(/\r?\n/)) {
    const text = line.slice(0, MAX_LINE);
    const row = lookUp({ service: 'output', text });
    if (!row) continue;
    found.delete(row);
    found.set(row, text);
  }
  const killed = exitCode === undefined ? undefined : lookUp({ service: 'output', exitCode });
  if (killed) found.set(killed, '');
  const general = contextValues(context);
  return [...found]
    .slice(-MOST_HINTS)
    .map(([row, line]) => compose(row, { ...general, ...lineValues(line, context) }, '', context));
}

function lineValues(line: string, { cluster }: Context): Values {
  const [, user, verb, kind] = /User "([^"]*)" cannot (\w+) resource "([^"]*)"/.exec(line) ?? [];
  const namespace = /in the namespace "([a-z0-9-]{1,63})"/.exec(line)?.[1];
  return {
    user,
    verb,
    kind,
    namespace,
    clusterUser: namespace === undefined ? user : undefined,
    kubernetesRole: `Azure Kubernetes Service RBAC ${namespace === undefined ? 'Cluster Admin' : 'Writer'}`,
    kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
    deployment: /deployment "([a-z0-9.-]{1,253})" exceeded/.exec(line)?.[1],
    program: /([^\s:]{1,100}): (?:command )?not found$/.exec(line)?.[1],
  };
}
