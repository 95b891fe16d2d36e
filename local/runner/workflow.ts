import { LineCounter, isNode, parseDocument } from 'yaml';
import { WorkflowError, type Value } from './expression.ts';

/** A workflow file, as far as a local run needs it. */
export type Workflow = {
  readonly name: string;
  /** The event to simulate: a manual run if the workflow allows it. */
  readonly event: string;
  readonly inputs: Readonly<Record<string, Input>>;
  /** Secrets that a caller has to pass. */
  readonly requiredSecrets: readonly string[];
  readonly env: Settings;
  readonly run: RunDefaults;
  /** Outputs of a workflow that others can call. */
  readonly outputs: Settings;
  /** Each one comes after those that it needs. */
  readonly jobs: readonly Job[];
};

/** An input of `workflow_dispatch` or `workflow_call`. */
type Input = {
  readonly type: string;
  readonly required: boolean;
  readonly default: Value;
  readonly options: readonly string[];
};

/** For `run:` steps; empty if not set. */
export type RunDefaults = { readonly shell: string; readonly folder: string };

/** What jobs and steps have in common. */
type Unit = {
  /** As the run's page shows it. */
  readonly name: string;
  readonly if: string | undefined;
  readonly env: Settings;
  readonly with: Settings;
  readonly run: RunDefaults;
  readonly continueOnError: string;
  readonly timeoutMinutes: string;
  /** The action of a step, or the workflow that a job calls; empty if there is none. */
  readonly uses: string;
  /** Line of the file, from 1. */
  readonly line: number;
};

export type Job = Unit & {
  readonly id: string;
  readonly needs: readonly string[];
  readonly outputs: Settings;
  readonly failFast: string;
  /** The matrix, unevaluated: lists, `include` and `exclude`, or an expression. */
  readonly matrix: Value;
  /**
   * Whether the job may request an ID token; undefined if neither the job nor the workflow has
   * `permissions`.
   */
  readonly idToken: boolean | undefined;
  readonly environment: string;
  /** What a job passes to the workflow that it calls. */
  readonly secrets: 'inherit' | Settings;
  readonly steps: readonly Step[];
};

export type Step = Unit & {
  readonly id: string | undefined;
  readonly script: string;
  /** The lines of what is under `with`, by name. */
  readonly inputLines: Readonly<Record<string, number>>;
  /** `ours` for a step of this action, `run`, or another action. */
  readonly kind: 'ours' | 'run' | 'other';
};

/** Names and unevaluated values, with their expressions. */
export type Settings = Readonly<Record<string, string>>;

type Node = Readonly<Record<string, unknown>>;

/** The line of something below a node, from 1; 0 if it isn't there. */
type LineOf = (...path: (string | number)[]) => number;

/**
 * Reads a workflow.
 *
 * @param file its name in messages
 * @throws WorkflowError if it is not YAML, or not a workflow
 */
export function readWorkflow(text: string, file: string): Workflow {
  const { root, lineOf } = parseYaml(text, file);
  const rights = root['permissions'];
  const jobs = Object.entries(record(root['jobs'])).map(([id, job]) =>
    readJob(id, record(job), rights, (...below) => lineOf('jobs', id, ...below)),
  );
  if (jobs.length === 0)
    throw new WorkflowError(`${file}:1: this is not a workflow: it has no jobs`);

  const events = eventsOf(root['on']);
  const names = Object.keys(events);
  const called = record(events['workflow_call']);
  const manual = record(events['workflow_dispatch']);
  const inputs = { ...record(called['inputs']), ...record(manual['inputs']) };
  const secrets = Object.entries(pick(called['secrets'], 'required'));
  return {
    name: string(root['name']),
    event: names.includes('workflow_dispatch') ? 'workflow_dispatch' : (names[0] ?? 'push'),
    inputs: mapValues(inputs, (input) => readInput(record(input))),
    requiredSecrets: secrets.filter(([, required]) => required === 'true').map(([name]) => name),
    env: settings(root['env']),
    run: readUnit({}, record(root['defaults'])['run'], 0).run,
    outputs: pick(called['outputs'], 'value'),
    jobs: inOrder(jobs),
  };
}

/** @throws WorkflowError with the line of the first error */
function parseYaml(text: string, file: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const problem = error.message.replace(/ at line[\s\S]*$/, '');
    throw new WorkflowError(`${file}:${error.linePos?.[0].line ?? 1}: ${problem}`);
  }

  const lineOf = (...path: (string | number)[]): number => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 0;
  };
  return { root: record(document.toJS()), lineOf };
}

/** The events of a workflow by name: `on` is one name, a list of names, or a map. */
function eventsOf(on: unknown): Node {
  if (typeof on === 'string') return { [on]: {} };
  return Array.isArray(on) ? Object.fromEntries(on.map((name) => [String(name), {}])) : record(on);
}

function readInput(input: Node): Input {
  const type = string(input['type']);
  const options = strings(input['options']);
  const first = type === 'choice' ? (options[0] ?? '') : '';
  const fallback = string(input['default']) || first;
  return { type, required: input['required'] === true, default: typed(type, fallback), options };
}

/** Converts a text to the type of an input. */
export function typed(type: string, text: string): Value {
  if (type === 'boolean') return text === 'true';
  return type === 'number' ? Number(text) : text;
}

function readUnit(unit: Node, run: unknown, line: number): Omit<Unit, 'name'> {
  return {
    if: unit['if'] === undefined ? undefined : string(unit['if']),
    env: settings(unit['env']),
    with: settings(unit['with']),
    run: { shell: string(record(run)['shell']), folder: string(record(run)['working-directory']) },
    continueOnError: string(unit['continue-on-error']),
    timeoutMinutes: string(unit['timeout-minutes']),
    uses: string(unit['uses']),
    line,
  };
}

function readJob(id: string, job: Node, rights: unknown, lineOf: LineOf): Job {
  const { needs, environment, secrets, strategy, permissions = rights } = job;
  const steps = Array.isArray(job['steps']) ? job['steps'] : [];
  return {
    ...readUnit(job, record(job['defaults'])['run'], lineOf()),
    id,
    name: string(job['name']) || id,
    needs: typeof needs === 'string' ? [needs] : strings(needs),
    outputs: settings(job['outputs']),
    failFast: string(record(strategy)['fail-fast']),
    matrix: toValue(record(strategy)['matrix']),
    idToken: mayRequestIdToken(permissions),
    environment: string(environment) || string(record(environment)['name']),
    secrets: secrets === 'inherit' ? secrets : settings(secrets),
    steps: steps.map((step, index) =>
      readStep(record(step), (...below) => lineOf('steps', index, ...below)),
    ),
  };
}

function mayRequestIdToken(permissions: unknown): boolean | undefined {
  if (permissions === undefined) return undefined;
  return permissions === 'write-all' || record(permissions)['id-token'] === 'write';
}

function readStep(step: Node, lineOf: LineOf): Step {
  const script = string(step['run']);
  const unit = readUnit(step, step, lineOf());
  const lines = Object.keys(unit.with).map((name) => [name, lineOf('with', name)] as const);
  const usual =
    script === '' ? unit.uses.replace(/@.*$/, '') : `Run ${script.split('\n')[0] ?? ''}`;
  return {
    ...unit,
    inputLines: Object.fromEntries(lines),
    id: string(step['id']) || undefined,
    name: string(step['name']) || usual,
    script,
    kind: kindOf(unit),
  };
}

function kindOf({ uses, with: given }: Pick<Step, 'uses' | 'with'>): Step['kind'] {
  if (uses === '') return 'run';
  const isOurs = uses === './' || /^[^/]+\/aks-run-command@/.test(uses);
  return isOurs || isFork(uses, given) ? 'ours' : 'other';
}

/** What a fork under another name has in common with this action. */
const INPUTS_OF_A_FORK = [['cluster'], ['command', 'command-id'], ['client-id', 'resource-group']];

function isFork(uses: string, given: Settings): boolean {
  const names = Object.keys(given).map((name) => name.toLowerCase());
  return (
    /^[^./][^/]*\/[^/]+@/.test(uses) &&
    INPUTS_OF_A_FORK.every((some) => some.some((name) => names.includes(name)))
  );
}

/** The combinations of a matrix, as GitHub makes them; a single empty one if there is no matrix. */
export function combinations(matrix: Value): Record<string, Value>[] {
  if (!isRecord(matrix)) return [{}];

  const { include = [], exclude = [], ...lists } = matrix;
  const original = Object.keys(lists).length === 0 ? [] : productOf(lists);
  const excluded = listOf(exclude).filter(isRecord);
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
function productOf(lists: Readonly<Record<string, Value>>): Record<string, Value>[] {
  let all: Record<string, Value>[] = [{}];
  for (const [name, list] of Object.entries(lists))
    all = all.flatMap((one) => listOf(list).map((value) => ({ ...one, [name]: value })));
  return all;
}

/** Whether a combination has all these values. */
const hasAll = (one: Readonly<Record<string, Value>>, values: Readonly<Record<string, Value>>) =>
  Object.entries(values).every(([name, value]) => alike(one[name], value));

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const listOf = (value: Value) => (isList(value) ? value : []);
const alike = (one: Value | undefined, other: Value | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

/** Each job comes after those that it needs. Cycles come last; actionlint refuses them. */
function inOrder(jobs: readonly Job[], done: readonly Job[] = []): readonly Job[] {
  const left = jobs.filter((job) => !done.includes(job));
  const ready = left.filter((job) => job.needs.every((need) => done.some(({ id }) => id === need)));
  return ready.length === 0 ? [...done, ...left] : inOrder(jobs, [...done, ...ready]);
}

export const isRecord = (value: Value | undefined): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A YAML document's contents as JSON. Dates become texts. */
const toValue = (value: unknown): Value => JSON.parse(JSON.stringify(value ?? null)) as Value;

function record(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

const mapValues = <To>(from: Node, change: (value: unknown) => To): Readonly<Record<string, To>> =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]));

const settings = (value: unknown): Settings => mapValues(record(value), string);

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function string(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** Whether an `action.yml` is a copy of this action's. */
export const isOurAction = (text: string): boolean =>
  record(parseDocument(text).toJS())['name'] === 'AKS Run Command';

/** Reads the `action.yml` of a composite action; undefined if it is of another kind. */
export function readComposite(text: string) {
  const root = record(parseDocument(text).toJS());
  const { using, steps } = record(root['runs']);
  if (using !== 'composite' || !Array.isArray(steps)) return undefined;
  return {
    inputs: pick(root['inputs'], 'default'),
    outputs: pick(root['outputs'], 'value'),
    // A message can name no line of another file.
    steps: steps.map((step) => readStep(record(step), () => 0)),
  };
}

const pick = (from: unknown, field: string): Settings =>
  mapValues(record(from), (one) => string(record(one)[field]));
