import { githubVariables } from '../azure/index.ts';
import { isRecord, type Value } from '../github/expression.ts';
import type { Job } from '../github/workflow.ts';
import type { JobRun, Rehearsal, Run } from './run.ts';

/** All contexts of a job but `steps`, `matrix`, and `env`, before it has a workspace. */
export function contextsOf(job: Job, run: Run): JobRun['contexts'] {
  const { workflow, given, examples, standIns } = run;
  const needs = job.needs.map((id) => {
    const { result = '', outputs = {} } = run.ends.get(id) ?? {};
    return [id, { result, outputs }] as const;
  });
  const inputs = Object.entries(workflow.inputs).map(([name, input]) => {
    const text = given.get(`inputs.${name}`) ?? input.default;
    return [name, typed(input.type, text)] as const;
  });
  const values = Object.fromEntries(inputs);
  const runValues = Object.entries(githubVariables({ ...standIns.job, job: job.id })).map(
    ([name, value]) => [name.replace('GITHUB_', '').toLowerCase(), value] as const,
  );
  return {
    github: {
      ...Object.fromEntries(runValues),
      event: { inputs: values },
      ref_type: 'branch',
      repository_owner: standIns.job.repository.split('/')[0] ?? '',
      token: 'example-token',
    },
    inputs: values,
    needs: Object.fromEntries(needs),
    secrets: { GITHUB_TOKEN: 'example-token', ...valuesBelow('secrets.', examples) },
    vars: valuesBelow('vars.', examples),
  };
}

/** Values by their names in a context. */
export function valuesBelow(context: string, values: Rehearsal['given']): Record<string, string> {
  const own = [...values].filter(([name]) => name.toLowerCase().startsWith(context));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(context.length), value]));
}

function typed(type: string, text: string): Value {
  if (type === 'boolean') return text === 'true';
  return type === 'number' ? Number(text) : text;
}

/** Contexts with what was given. Inputs have a type, and are in their context already. */
export function withGiven(
  contexts: JobRun['contexts'],
  given: Rehearsal['given'],
): JobRun['contexts'] {
  let all = contexts;
  for (const [path, value] of given)
    if (!path.startsWith('inputs.')) all = withValue(all, path.split('.'), value);
  return all;
}

function withValue(
  record: Readonly<Record<string, Value>>,
  [name = '', ...rest]: readonly string[],
  value: Value,
): Record<string, Value> {
  if (rest.length === 0) return { ...record, [name]: value };
  const inner = record[name];
  return { ...record, [name]: withValue(isRecord(inner) ? inner : {}, rest, value) };
}

/** What variables and secrets count as, if nobody gave them: any value shows what a step does. */
export function examplesFor({ workflow, given }: Rehearsal): Run['examples'] {
  const names = new Set([...given.keys()].map((name) => name.toLowerCase()));
  const left = workflow.mentioned.filter((name) => !names.has(name.toLowerCase()));
  return new Map(left.map((name) => [name, exampleOf(name)]));
}

const exampleOf = (path: string) =>
  path
    .toLowerCase()
    .replace(/^vars\./, 'example-')
    .replace(/^secrets\./, 'example-secret-')
    .replaceAll('_', '-');
