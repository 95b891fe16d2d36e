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
  /** Whether the job may request an ID token; undefined if neither the job nor the workflow has `permissions`. */
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

/**
 * Reads a workflow.
 *
 * @param file its name in messages
 * @throws WorkflowError if it is not YAML, or not a workflow
 */
export function readWorkflow(text: string, file: string): Workflow {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  const problem = error?.message.replace(/ at line[\s\S]*$/, '');
  if (problem !== undefined)
    throw new WorkflowError(`${file}:${error?.linePos?.[0].line ?? 1}: ${problem}`);
  const lineOf = (...path: (string | number)[]): number => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 0;
  };
  const root = record(document.toJS());
  const rights = root['permissions'];
  const jobs = Object.entries(record(root['jobs'])).map(([id, job]) =>
    readJob(id, record(job), rights, (...below) => lineOf('jobs', id, ...below)),
  );
  if (jobs.length === 0)
    throw new WorkflowError(`${file}:1: this is not a workflow: it has no jobs`);
  const on = root['on'];
  const events = typeof on === 'string' ? { [on]: {} } : record(on);
  const names = Array.isArray(on) ? on.map(String) : Object.keys(events);
  const called = record(events['workflow_call']);
  const inputs = {
    ...record(called['inputs']),
    ...record(record(events['workflow_dispatch'])['inputs']),
  };
  return {
    name: string(root['name']),
    event: names.includes('workflow_dispatch') ? 'workflow_dispatch' : (names[0] ?? 'push'),
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, readInput(record(input))]),
    ),
    requiredSecrets: Object.entries(pick(called['secrets'], 'required')).flatMap(([name, one]) =>
      one === 'true' ? [name] : [],
    ),
    env: settings(root['env']),
    run: readUnit({}, record(root['defaults'])['run'], 0).run,
    outputs: pick(called['outputs'], 'value'),
    jobs: inOrder(jobs),
  };
}

function readInput(input: Node): Input {
  const type = string(input['type']);
  const options = Array.isArray(input['options']) ? input['options'].map(String) : [];
  const fallback = string(input['default']) || (type === 'choice' ? (options[0] ?? '') : '');
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

function readJob(
  id: string,
  job: Node,
  rights: unknown,
  lineOf: (...path: (string | number)[]) => number,
): Job {
  const { steps, needs, environment, secrets, strategy, permissions = rights } = job;
  return {
    ...readUnit(job, record(job['defaults'])['run'], lineOf()),
    id,
    name: string(job['name']) || id,
    needs: Array.isArray(needs) ? needs.map(String) : typeof needs === 'string' ? [needs] : [],
    outputs: settings(job['outputs']),
    failFast: string(record(strategy)['fail-fast']),
    matrix: toValue(record(strategy)['matrix']),
    idToken:
      permissions === undefined
        ? undefined
        : permissions === 'write-all' || record(permissions)['id-token'] === 'write',
    environment: string(environment) || string(record(environment)['name']),
    secrets: secrets === 'inherit' ? secrets : settings(secrets),
    steps: Array.isArray(steps)
      ? steps.map((step, index) =>
          readStep(record(step), (...below) => lineOf('steps', index, ...below)),
        )
      : [],
  };
}

function readStep(step: Node, lineOf: (...path: string[]) => number): Step {
  const script = string(step['run']);
  const unit = readUnit(step, step, lineOf());
  const lines = Object.keys(unit.with).map((name) => [name, lineOf('with', name)] as const);
  return {
    ...unit,
    inputLines: Object.fromEntries(lines),
    id: string(step['id']) || undefined,
    name:
      string(step['name']) ||
      (script === '' ? unit.uses.replace(/@.*$/, '') : `Run ${script.split('\n')[0] ?? ''}`),
    script,
    kind: isOurs(unit.uses) ? 'ours' : unit.uses === '' ? 'run' : 'other',
  };
}

/** Whether `uses` names this action: in a repository of its name, or by path in its own repository. */
function isOurs(uses: string): boolean {
  return uses === './' || /^[^/]+\/aks-run-command@/.test(uses);
}

/** The combinations of a matrix, as GitHub makes them; a single empty one if there is no matrix. */
export function combinations(matrix: Value): Record<string, Value>[] {
  if (!isRecord(matrix)) return [{}];
  const { include = [], exclude = [], ...lists } = matrix;
  let all: Record<string, Value>[] = [{}];
  for (const [name, list] of Object.entries(lists)) {
    all = all.flatMap((one) => listOf(list).map((value) => ({ ...one, [name]: value })));
  }
  const excluded = listOf(exclude).filter(isRecord);
  all = all.filter(
    (one) =>
      !excluded.some((other) =>
        Object.entries(other).every(([name, value]) => alike(one[name], value)),
      ),
  );
  const original = Object.keys(lists).length === 0 ? [] : all.map((one) => ({ ...one }));
  const results = original.map((one) => ({ ...one }));
  for (const extra of listOf(include).filter(isRecord)) {
    const fitting = original.flatMap((one, index) =>
      Object.keys(extra).every((name) => !(name in lists) || alike(one[name], extra[name]))
        ? [index]
        : [],
    );
    if (fitting.length === 0) results.push({ ...extra });
    for (const index of fitting) Object.assign(results[index] ?? {}, extra);
  }
  return results;
}

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

function settings(value: unknown): Settings {
  return Object.fromEntries(
    Object.entries(record(value)).map(([name, setting]) => [name, string(setting)]),
  );
}

function string(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** Reads the `action.yml` of a composite action; undefined if it is of another kind. */
export function readComposite(text: string) {
  const root = record(parseDocument(text).toJS());
  const { using, steps } = record(root['runs']);
  if (using !== 'composite' || !Array.isArray(steps)) return undefined;
  return {
    inputs: pick(root['inputs'], 'default'),
    outputs: pick(root['outputs'], 'value'),
    steps: steps.map((step) => readStep(record(step), () => 0)),
  };
}

const pick = (from: unknown, field: string): Settings =>
  Object.fromEntries(
    Object.entries(record(from)).map(([name, one]) => [name, string(record(one)[field])]),
  );
