import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import leven from 'leven';
import { unknownInputAdvice } from '../../src/inputs/inputs.ts';
import { actionlint } from '../runner/actionlint.ts';
import { readAction } from '../runner/step.ts';
import { WorkflowError } from '../runner/expression.ts';
import {
  combinations,
  isOurAction,
  readWorkflow,
  type Job,
  type Step,
  type Workflow,
} from '../runner/workflow.ts';
import type { Given } from './contexts.ts';
import { resolveInside } from './workspace.ts';

/** What GitHub, or this action, would refuse before anything runs. */

/** A `vars` or `secrets` name in an expression. */
type Name = { readonly path: string; readonly file: string; readonly line: number };

/** A workflow that can run. */
export type Checked = {
  readonly workflow: Workflow;
  /**
   * What was given, plus an example for each variable and secret that wasn't. An example counts as
   * set.
   */
  readonly values: Given;
  /** Where the workflow names those without a given value. */
  readonly examples: readonly Name[];
};

/**
 * Reads a workflow and all local ones that it calls.
 *
 * @param source the checkout, in which called workflows are looked up
 * @throws WorkflowError with file and line
 */
export async function checkWorkflow(file: string, source: string, given: Given): Promise<Checked> {
  const names: Name[] = [];
  const workflow = await read(file, { source, names, depth: 0 });
  // Whether a local action or a called workflow uses it is seen when it runs.
  const usesIt = ({ steps, uses }: Job) =>
    uses !== '' || steps.some(({ kind, uses: used }) => kind === 'ours' || used.startsWith('./'));
  if (!workflow.jobs.some(usesIt))
    throw new WorkflowError(`${file}: no step uses OWNER/aks-run-command@... or ./`);

  checkInputs(file, workflow, given);
  checkGiven(file, workflow, given);
  checkNames(names, given);

  const set = new Set([...given.keys()].map((name) => name.toUpperCase()));
  const examples = names.filter((name) => !set.has(name.path.toUpperCase()));
  const values = examples.map(({ path: name }) => [name, exampleOf(name)] as const);
  return { workflow, examples, values: new Map([...values, ...given]) };
}

/** An example for a variable or secret, which Kubernetes takes as a name: `example-app-name`. */
const exampleOf = (name: string) =>
  `example-${name.replace(/^\w+\./, '')}`.toLowerCase().replaceAll('_', '-');

type Reading = {
  readonly source: string;
  readonly names: Name[];
  readonly depth: number;
  readonly caller?: Job;
};

async function read(file: string, reading: Reading): Promise<Workflow> {
  if (!existsSync(file)) throw new WorkflowError(`There is no file ${file}`);
  const text = readFileSync(file, 'utf8');
  const workflow = readWorkflow(text, file);
  const known = Object.keys((await readAction(path.resolve(import.meta.dirname, '../..'))).inputs);
  const unknown = workflow.jobs.flatMap(({ steps }) =>
    steps
      .filter((step) => step.kind === 'ours' || isCopy(step, reading.source))
      .flatMap(misnamed(known)),
  );
  const problems = [...(await lint(text)), ...unknown];
  if (problems.length > 0)
    throw new WorkflowError(problems.map((problem) => `${file}:${problem}`).join('\n'));
  noteNames(file, text, reading);
  for (const job of workflow.jobs)
    if (job.uses.startsWith('./')) await readCalled(file, job, job.uses, reading);
  return workflow;
}

/** Whether a step uses a copy of this action in the checkout. */
function isCopy({ uses }: Step, source: string): boolean {
  if (!uses.startsWith('./')) return false;
  const file = resolveInside(source, path.join(uses, 'action.yml'), 'uses');
  return existsSync(file) && isOurAction(readFileSync(file, 'utf8'));
}

/** Inputs that this action doesn't have. */
const misnamed = (known: readonly string[]) => (step: Step) =>
  Object.keys(step.with)
    .filter((name) => !known.includes(name.toLowerCase()))
    .map(
      (name) =>
        `${step.inputLines[name] ?? step.line}: "${name}" is not an input of this action. ` +
        (unknownInputAdvice(name, known)?.markdown ?? ''),
    );

/** What actionlint reports that GitHub would not start, with line and column. */
async function lint(text: string): Promise<string[]> {
  const findings = await actionlint(text);
  // Not errors on GitHub: advice on scripts, labels of self-hosted runners, and requirements of
  // other actions.
  const advice = [
    'shellcheck',
    'pyflakes',
    'runner-label',
    'action',
    'credentials',
    'if-cond',
    'deprecated-commands',
  ];
  return findings.filter(({ kind }) => !advice.includes(kind)).map(({ text: finding }) => finding);
}

/**
 * Refuses what GitHub would refuse: more permissions than the caller has, or inputs and secrets
 * that don't fit.
 */
async function readCalled(file: string, job: Job, uses: string, reading: Reading): Promise<void> {
  const refuse = (problem: string) =>
    new WorkflowError(`${file}:${job.line}: the job ${job.id} ${problem}`);
  // GitHub allows ten levels. A workflow that calls itself has more.
  if (reading.depth >= 10) throw refuse(`calls ${uses} at more than ten levels`);
  const caller: Job = { ...job, idToken: job.idToken ?? reading.caller?.idToken };
  const called = await read(resolveInside(reading.source, uses, `${file}:${job.line}: uses`), {
    ...reading,
    depth: reading.depth + 1,
    caller,
  });
  const greedy = called.jobs.find(({ idToken }) => idToken === true && caller.idToken !== true);
  if (greedy)
    throw refuse(
      `calls ${uses}, whose job ${greedy.id} requests id-token: write. Grant it here, too`,
    );
  const { secrets } = job;
  const missing = [
    ...Object.entries(called.inputs)
      .filter(([name, one]) => one.required && !(name in job.with))
      .map(([name]) => `the input ${name}`),
    ...called.requiredSecrets
      .filter((name) => secrets !== 'inherit' && !(name in secrets))
      .map((name) => `the secret ${name}`),
  ];
  const [first] = missing;
  if (first !== undefined) throw refuse(`calls ${uses} without ${first}, which is required`);

  const extra = Object.keys(job.with).find((name) => !(name in called.inputs));
  if (extra !== undefined) throw refuse(`passes ${extra}, which is not an input of ${uses}`);
}

function checkInputs(file: string, { inputs }: Workflow, given: Given): void {
  for (const [name, input] of Object.entries(inputs)) {
    const value = given.get(`inputs.${name}`);
    if (value === undefined && input.required && input.default === '')
      throw new WorkflowError(
        `${file}: the input ${name} is required. Set it: npm run try -- ${file} ` +
          `inputs.${name}=VALUE`,
      );
    if (value === undefined) continue;
    const allowed = input.type === 'boolean' ? ['true', 'false'] : input.options;
    if (allowed.length > 0 && !allowed.includes(value))
      throw new WorkflowError(`inputs.${name}: "${value}" is invalid. Use ${allowed.join(', ')}`);
    if (input.type === 'number' && !Number.isFinite(Number(value)))
      throw new WorkflowError(`inputs.${name}: "${value}" is not a number`);
  }
}

/** Rejects values for inputs, steps, jobs, and matrix dimensions that the workflow doesn't have. */
function checkGiven(file: string, { inputs, jobs }: Workflow, given: Given): void {
  const known = new Map([
    ['inputs', Object.keys(inputs)],
    ['needs', jobs.map(({ id }) => id)],
  ]);
  // What it calls has steps and a matrix, too.
  const isComposed = jobs.some(
    ({ uses, steps }) => uses !== '' || steps.some((step) => step.uses.startsWith('./')),
  );
  const isComputed = jobs.some(({ matrix }) => JSON.stringify(matrix).includes('${{'));
  if (!isComposed && !isComputed)
    known.set(
      'matrix',
      jobs.flatMap(({ matrix }) => combinations(matrix).flatMap(Object.keys)),
    );
  if (!isComposed)
    known.set(
      'steps',
      jobs.flatMap(({ steps }) => steps.flatMap(({ id }) => id ?? [])),
    );

  for (const name of given.keys()) {
    const [root = '', child = ''] = name.split('.');
    if (known.get(root)?.includes(child) === false)
      throw new WorkflowError(`${file}: there is no ${root}.${child}`);
  }
}

/**
 * Records the variables and secrets that expressions name. A called workflow only has the secrets
 * it inherits.
 */
function noteNames(file: string, text: string, { names, caller }: Reading): void {
  const hasSecrets = caller === undefined || caller.secrets === 'inherit';
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*#/.test(line)) continue;
    const expressions = line.match(/\$\{\{.*?\}\}|^\s*(?:- )?if:.*/g)?.join(' ') ?? '';
    const texts = expressions.replaceAll(/(?<!\[)'[^']*'(?!\])/g, '');
    for (const [, root = '', name = ''] of texts.matchAll(
      /\b(vars|secrets)(?:\.|\[')([A-Za-z_]\w*)/g,
    )) {
      const one = { path: `${root}.${name}`, file, line: index + 1 };
      const isKnown = names.some(
        ({ path: other }) => other.toUpperCase() === one.path.toUpperCase(),
      );
      if (!isKnown && one.path !== 'secrets.GITHUB_TOKEN' && (root === 'vars' || hasSecrets))
        names.push(one);
    }
  }
}

/** A name that differs from another by a letter or two is a typo, unless both have a value. */
function checkNames(names: readonly Name[], given: Given): void {
  const problems = names.flatMap(({ path: name, file, line }, index) => {
    if (given.has(name)) return [];
    const others = [...given.keys(), ...names.slice(0, index).map((one) => one.path)];
    const near = others.find((other) => isSlip(name.toUpperCase(), other.toUpperCase()));
    if (near === undefined) return [];
    return [
      `${file}:${line}: did you mean ${near} instead of ${name}? If both are right, give ` +
        `both a value: ${name}=VALUE`,
    ];
  });
  if (problems.length > 0) throw new WorkflowError(problems.join('\n'));
}

/** `CLUSTR` for `CLUSTER`, but not `KEY_2` for `KEY_1`, or `US_KEY` for `EU_KEY`. */
function isSlip(one: string, other: string): boolean {
  const distance = leven(one, other);
  if (distance === 0 || distance > 2 || one.split('.')[0] !== other.split('.')[0]) return false;
  const words = one.split(/[._]/);
  const others = other.split(/[._]/);
  if (words.length !== others.length) return one.replaceAll('_', '') === other.replaceAll('_', '');
  return words.every((word, index) => {
    const counterpart = others[index] ?? '';
    const isNumbered = word.replaceAll(/\d/g, '') === counterpart.replaceAll(/\d/g, '');
    return word === counterpart || (!isNumbered && Math.max(word.length, counterpart.length) > 3);
  });
}
