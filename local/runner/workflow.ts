import { parseDocument } from 'yaml';
import { isRecord, WorkflowError, type Value } from './expression.ts';

/** A workflow file, as far as a rehearsal of its steps needs it. Expressions are unevaluated. */
export type Workflow = {
  readonly name: string;
  /** The event to simulate: a manual run if the workflow allows it. */
  readonly event: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly env: Settings;
  /** Each one comes after those that it needs. */
  readonly jobs: readonly Job[];
};

/** An input of `workflow_dispatch` or `workflow_call`. */
type Input = { readonly required: boolean; readonly type: string; readonly default: string };

export type Job = {
  readonly id: string;
  readonly needs: readonly string[];
  readonly if: string | undefined;
  readonly env: Settings;
  readonly outputs: Settings;
  /** Lists, `include` and `exclude`, or an expression. */
  readonly matrix: Value;
  /** Whether the job may request an ID token. */
  readonly idToken: boolean;
  readonly environment: string;
  readonly continueOnError: string;
  /** The workflow that the job calls; empty if it has steps. */
  readonly uses: string;
  readonly steps: readonly Step[];
};

export type Step = {
  readonly id: string;
  /** As the run's page shows it. */
  readonly name: string;
  readonly if: string | undefined;
  /** The action of the step; empty for a script. */
  readonly uses: string;
  readonly with: Settings;
  readonly env: Settings;
  readonly script: string;
  readonly continueOnError: string;
};

/** Names and their texts. */
export type Settings = Readonly<Record<string, string>>;

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads a workflow.
 *
 * @param file its name in messages
 * @throws WorkflowError if it is not YAML, or not a workflow
 */
export function readWorkflow(text: string, file: string): Workflow {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new WorkflowError(`${file}: ${error.message.trim()}`);

  const root = record(document.toJS());
  const jobs = Object.entries(record(root['jobs']));
  if (jobs.length === 0) throw new WorkflowError(`${file} is not a workflow: it has no jobs`);

  const events = eventsOf(root['on']);
  const names = Object.keys(events);
  const inputs = ['workflow_call', 'workflow_dispatch'].flatMap((event) =>
    Object.entries(record(record(events[event])['inputs'])),
  );
  return {
    name: string(root['name']) || file,
    event: names.includes('workflow_dispatch') ? 'workflow_dispatch' : (names[0] ?? 'push'),
    inputs: Object.fromEntries(inputs.map(([name, input]) => [name, readInput(record(input))])),
    env: settings(root['env']),
    jobs: inOrder(jobs.map(([id, job]) => readJob(id, record(job), root['permissions']))),
  };
}

/** `on` is the name of an event, a list of names, or a map. */
function eventsOf(on: unknown): Node {
  if (typeof on === 'string') return { [on]: {} };
  return Array.isArray(on) ? Object.fromEntries(on.map((name) => [String(name), {}])) : record(on);
}

function readInput({ required, type, options, default: given }: Node): Input {
  const [first = ''] = type === 'choice' ? strings(options) : [];
  return {
    required: required === true,
    type: string(type),
    default: string(given) || first,
  };
}

function readJob(id: string, job: Node, rights: unknown): Job {
  const { needs, environment, permissions = rights } = job;
  const steps = Array.isArray(job['steps']) ? job['steps'] : [];
  return {
    id,
    needs: typeof needs === 'string' ? [needs] : strings(needs),
    if: optional(job['if']),
    env: settings(job['env']),
    outputs: settings(job['outputs']),
    // Dates become texts.
    matrix: JSON.parse(JSON.stringify(record(job['strategy'])['matrix'] ?? null)) as Value,
    idToken: permissions === 'write-all' || record(permissions)['id-token'] === 'write',
    environment: string(environment) || string(record(environment)['name']),
    continueOnError: string(job['continue-on-error']),
    uses: string(job['uses']),
    steps: steps.map((step) => readStep(record(step))),
  };
}

function readStep(step: Node): Step {
  const uses = string(step['uses']);
  const script = string(step['run']);
  const usual = uses === '' ? `Run ${script.split('\n')[0] ?? ''}` : uses.replace(/@.*$/, '');
  return {
    id: string(step['id']),
    name: string(step['name']) || usual,
    if: optional(step['if']),
    uses,
    with: settings(step['with']),
    env: settings(step['env']),
    script,
    continueOnError: string(step['continue-on-error']),
  };
}

/** Each job comes after those that it needs. Cycles come last; actionlint refuses them. */
function inOrder(jobs: readonly Job[], done: readonly Job[] = []): readonly Job[] {
  const left = jobs.filter((job) => !done.includes(job));
  const ready = left.filter((job) => job.needs.every((need) => done.some(({ id }) => id === need)));
  return ready.length === 0 ? [...done, ...left] : inOrder(jobs, [...done, ...ready]);
}

type Combination = Readonly<Record<string, Value>>;

/** The combinations of a matrix, as GitHub makes them; a single empty one if there is no matrix. */
export function combinations(matrix: Value): Combination[] {
  if (!isRecord(matrix)) return [{}];

  const { include = [], exclude = [], ...lists } = matrix;
  const excluded = listOf(exclude).filter(isRecord);
  const original = Object.keys(lists).length === 0 ? [] : productOf(lists);
  const left = original.filter((one) => !excluded.some((other) => hasAll(one, other)));

  const results = left.map((one) => ({ ...one }));
  for (const extra of listOf(include).filter(isRecord)) {
    // What is included joins each combination whose own values it doesn't change, or becomes one
    // itself.
    const own = Object.fromEntries(Object.entries(extra).filter(([name]) => name in lists));
    const fitting = results.slice(0, left.length).filter((_, at) => hasAll(left[at] ?? {}, own));
    for (const one of fitting) Object.assign(one, extra);
    if (fitting.length === 0) results.push({ ...extra });
  }
  return results;
}

/** Each value of each list with each value of the others. */
function productOf(lists: Combination): Combination[] {
  return Object.entries(lists).reduce<Combination[]>(
    (all, [name, list]) =>
      all.flatMap((one) => listOf(list).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Whether a combination has all these values. */
const hasAll = (one: Combination, values: Combination) =>
  Object.entries(values).every(([name, value]) => alike(one[name], value));

const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as Value[]) : []);
const alike = (one: Value | undefined, other: Value | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

function record(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

const settings = (value: unknown): Settings =>
  Object.fromEntries(Object.entries(record(value)).map(([name, one]) => [name, string(one)]));
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const optional = (value: unknown) => (value === undefined ? undefined : string(value));

function string(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
