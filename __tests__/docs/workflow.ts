import path from 'node:path';
import { parse, stringify } from 'yaml';
import { findingsIn, readMetadata, type Finding } from '../../local/github/language-service.ts';
import { root } from './markdown.ts';

type Node = Record<string, unknown>;

export const ACTION = 'OWNER/aks-run-command@v1';
const CLUSTER = { cluster: 'c' };

/**
 * What GitHub's language service finds in a workflow of this repository, in which a step may have
 * any reference of this action.
 */
export async function findingsOf(workflow: string): Promise<Finding[]> {
  const action = await readMetadata(path.join(root, 'action.yml'));
  const uses = workflow.match(/[\w-]+\/aks-run-command@\w+/g) ?? [];
  const actions = new Map(uses.map((one) => [one, action]));
  return findingsIn(workflow, { folder: root, actions });
}

/**
 * A whole workflow around a YAML block of a document, so that GitHub's language service can judge
 * it: a workflow
 * stays as it is, a list becomes steps, `with` belongs to a step of this action, everything else to
 * a job.
 */
export function completeWorkflow(block: string): string {
  const value: unknown = parse(block);
  if (typeof value !== 'object' || value === null)
    throw new TypeError('The block is no YAML mapping and no list');
  if ('jobs' in value) return block;
  const {
    with: inputs,
    env,
    ...job
  } = Array.isArray(value) ? ({ steps: value } as Node) : (value as Node);
  const given = Array.isArray(job['steps']) ? (job['steps'] as Node[]) : [];
  const own = given.map((one) =>
    String(one['uses']).includes('/aks-run-command@') ? { with: CLUSTER, ...one } : one,
  );
  const step = {
    uses: ACTION,
    with: { ...CLUSTER, ...(inputs as Node | undefined) },
    ...(env === undefined ? {} : { env }),
  };
  const named = new Set(given.flatMap((one) => one['id'] ?? []));
  const ids = [...block.matchAll(/\bsteps\.([\w-]+)\./g)]
    .map(([, id = '']) => id)
    .filter((id) => !named.has(id));
  const stubs = [...new Set(ids)].map((id) => ({ id, uses: ACTION, with: CLUSTER }));
  const asked = [...block.matchAll(/\binputs\.([\w-]+)/g)].map(
    ([, name = '']) => [name, { type: 'string' }] as const,
  );
  return stringify({
    on: { workflow_dispatch: { inputs: Object.fromEntries(asked) } },
    jobs: {
      job: {
        'runs-on': 'ubuntu-latest',
        environment: 'production',
        permissions: { contents: 'read', 'id-token': 'write' },
        ...job,
        steps: [{ uses: 'actions/checkout@v7' }, ...stubs, ...(own.length > 0 ? own : [step])],
      },
    },
  });
}

/** What a workflow does although the documents warn against it. */
export function dangersOf(workflow: string): string[] {
  const inOurSteps = inputsOfOurSteps(workflow).flatMap(({ command = '', env = '', shell }) => {
    const text = String(command);
    const bare = text.replaceAll(/'[^']*'|"[^"$]*"/g, '');
    return [
      ...(String(env).includes('${{') ? ['an expression in `env`'] : []),
      ...(/\b(?:echo|printf)\b.*\$\(/.test(text) ? ['a failure that echo hides'] : []),
      ...(/(?<!\|)\|(?!\|)/.test(bare) && shell !== 'bash' ? ['a pipe without `shell: bash`'] : []),
    ];
  });
  const inScripts = scriptsOf(workflow).some((script) => script.includes('${{'))
    ? ['an expression in a script']
    : [];
  return [...inOurSteps, ...inScripts];
}

/** What the steps of a workflow that use this action give it. */
export function inputsOfOurSteps(workflow: string): Readonly<Record<string, unknown>>[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps?: Node[] }> };
  return Object.values(jobs)
    .flatMap(({ steps = [] }) => steps)
    .filter(({ uses }) => typeof uses === 'string' && uses.includes('/aks-run-command@'))
    .map((step) => (step['with'] ?? {}) as Record<string, unknown>);
}

export function scriptsOf(workflow: string): string[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps?: Node[] }> };
  return Object.values(jobs)
    .flatMap(({ steps = [] }) => steps)
    .flatMap((step) => [step['run'], (step['with'] as Node | undefined)?.['command']])
    .filter((script) => typeof script === 'string');
}
