import { LineCounter, isNode, parseDocument } from 'yaml';
import { condition, type Context, type Value } from './expression.ts';

/** A workflow file, as far as a local run needs it. */
export type Workflow = {
  readonly name: string;
  /** The event to pretend: by hand where the workflow allows it. */
  readonly event: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly env: Settings;
  readonly run: RunDefaults;
  /** Outputs of a workflow that others call. */
  readonly outputs: Settings;
  /** Each after those that it needs. */
  readonly jobs: readonly Job[];
};

/** An input of `workflow_dispatch` or `workflow_call`. */
type Input = {
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly required: boolean;
  readonly default: Value;
  readonly options: readonly string[];
};

export type RunDefaults = { readonly shell?: string; readonly folder?: string };

export type Job = {
  readonly id: string;
  readonly name: string;
  readonly if?: string;
  readonly needs: readonly string[];
  readonly env: Settings;
  readonly outputs: Settings;
  readonly run: RunDefaults;
  /** The matrix as it stands: lists, `include` and `exclude`, or an expression. */
  readonly matrix: Value;
  readonly failFast: string;
  readonly maxParallel: string;
  readonly continueOnError: string;
  readonly timeoutMinutes: string;
  /** Whether the job may request an ID token. */
  readonly idToken: boolean;
  /** The reusable workflow that it calls, with its inputs. */
  readonly uses?: string;
  readonly with: Settings;
  readonly steps: readonly Step[];
};

export type Step = {
  /** As the job's page shows it. */
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly continueOnError: string;
  readonly timeoutMinutes: string;
  readonly env: Settings;
  readonly with: Settings;
  readonly uses: string;
  readonly script: string;
  readonly run: RunDefaults;
  /** Line of the file, from 1. */
  readonly line: number;
  /** `ours` for a step of this action, else what the step uses, or `run`. */
  readonly kind: 'ours' | 'run' | 'other';
};

/** Names and values as they stand, expressions and all. */
export type Settings = Readonly<Record<string, string>>;

/** What is wrong with a workflow, and where. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  /** From 1; 0 where it is nowhere in particular. */
  readonly line: number;

  constructor(message: string, line = 0) {
    super(message);
    this.line = line;
  }
}

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads a workflow file.
 *
 * @throws WorkflowError where it is no YAML, or no workflow.
 */
export function readWorkflow(text: string): Workflow {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new WorkflowError(error.message.replace(/ at line[\s\S]*$/, ''), error.linePos?.[0].line ?? 1);
  const lineOf = (...path: (string | number)[]): number => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 0;
  };
  const root = record(document.toJS());
  const rights = root['permissions'];
  const jobs = Object.entries(record(root['jobs'])).map(([id, job]) =>
    readJob(id, record(job), rights, (index) => lineOf('jobs', id, 'steps', index)),
  );
  if (jobs.length === 0) throw new WorkflowError('This is not a workflow: it has no jobs.', 1);
  const on = root['on'];
  const events = typeof on === 'string' ? { [on]: {} } : record(on);
  const names = Array.isArray(on) ? on.map(String) : Object.keys(events);
  const called = record(events['workflow_call']);
  const inputs = { ...record(called['inputs']), ...record(record(events['workflow_dispatch'])['inputs']) };
  return {
    name: string(root['name']),
    event: names.includes('workflow_dispatch') ? 'workflow_dispatch' : (names[0] ?? 'push'),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, readInput(record(input))])),
    env: settings(root['env']),
    run: runDefaults(root['defaults']),
    outputs: Object.fromEntries(
      Object.entries(record(called['outputs'])).map(([name, output]) => [name, string(record(output)['value'])]),
    ),
    jobs: inOrder(jobs),
  };
}

function readInput(input: Node): Input {
  const type = string(input['type']);
  const known = (['boolean', 'number', 'choice', 'environment'] as const).find((one) => one === type) ?? 'string';
  const options = Array.isArray(input['options']) ? input['options'].map(String) : [];
  const fallback = string(input['default']) || (known === 'choice' ? (options[0] ?? '') : '');
  return { type: known, required: input['required'] === true, default: typed(known, fallback), options };
}

/** A text as a value of an input's type. */
function typed(type: Input['type'], text: string): Value {
  if (type === 'boolean') return text === 'true';
  return type === 'number' ? Number(text) : text;
}

function readJob(id: string, job: Node, rights: unknown, lineOf: (index: number) => number): Job {
  const { steps, needs } = job;
  const strategy = record(job['strategy']);
  return {
    id,
    name: string(job['name']) || id,
    ...optional('if', job['if']),
    needs: Array.isArray(needs) ? needs.map(String) : typeof needs === 'string' ? [needs] : [],
    env: settings(job['env']),
    outputs: settings(job['outputs']),
    run: runDefaults(job['defaults']),
    matrix: toValue(strategy['matrix']),
    failFast: string(strategy['fail-fast']),
    maxParallel: string(strategy['max-parallel']),
    continueOnError: string(job['continue-on-error']),
    timeoutMinutes: string(job['timeout-minutes']),
    idToken: mayRequestToken(job['permissions'] ?? rights),
    ...(typeof job['uses'] === 'string' ? { uses: job['uses'] } : {}),
    with: settings(job['with']),
    steps: Array.isArray(steps) ? steps.map((step, index) => readStep(record(step), lineOf(index))) : [],
  };
}

/** The token of a job has this right only where it is asked for. */
function mayRequestToken(permissions: unknown): boolean {
  return permissions === 'write-all' || record(permissions)['id-token'] === 'write';
}

function readStep(step: Node, line: number): Step {
  const uses = string(step['uses']);
  const script = string(step['run']);
  return {
    name: string(step['name']) || (uses === '' ? `Run ${script.split('\n')[0] ?? ''}` : uses.replace(/@.*$/, '')),
    ...optional('id', step['id']),
    ...optional('if', step['if']),
    continueOnError: string(step['continue-on-error']),
    timeoutMinutes: string(step['timeout-minutes']),
    env: settings(step['env']),
    with: settings(step['with']),
    ...{ uses, script, line },
    run: { ...optional('shell', step['shell']), ...optional('folder', step['working-directory']) },
    kind: isOurs(uses) ? 'ours' : uses === '' ? 'run' : 'other',
  };
}

function runDefaults(defaults: unknown): RunDefaults {
  const run = record(record(defaults)['run']);
  return { ...optional('shell', run['shell']), ...optional('folder', run['working-directory']) };
}

/** Whether `uses` names this action: in a repository of its name, or by path in its own. */
export function isOurs(uses: string): boolean {
  return uses === './' || /^[^/]+\/aks-run-command@/.test(uses);
}

/** The combinations of a matrix, as GitHub makes them; one without any value where there is no matrix. */
export function combinations(matrix: Value): Record<string, Value>[] {
  if (!isRecord(matrix)) return [{}];
  const { include = [], exclude = [], ...lists } = matrix;
  let all: Record<string, Value>[] = [{}];
  for (const [name, list] of Object.entries(lists)) {
    all = all.flatMap((one) => listOf(list).map((value) => ({ ...one, [name]: value })));
  }
  const excluded = listOf(exclude).filter(isRecord);
  all = all.filter(
    (one) => !excluded.some((other) => Object.entries(other).every(([name, value]) => alike(one[name], value))),
  );
  const original = Object.keys(lists).length === 0 ? [] : all.map((one) => ({ ...one }));
  const results = original.map((one) => ({ ...one }));
  for (const extra of listOf(include).filter(isRecord)) {
    const fitting = original.flatMap((one, index) =>
      Object.keys(extra).every((name) => !(name in lists) || alike(one[name], extra[name])) ? [index] : [],
    );
    if (fitting.length === 0) results.push({ ...extra });
    for (const index of fitting) Object.assign(results[index] ?? {}, extra);
  }
  return results.length > 0 ? results : [{}];
}

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : []);
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const alike = (one: Value | undefined, other: Value | undefined) => JSON.stringify(one) === JSON.stringify(other);

function inOrder(jobs: readonly Job[]): Job[] {
  const ordered: Job[] = [];
  for (let left = [...jobs]; left.length > 0;) {
    const ready = left.filter((job) => job.needs.every((need) => ordered.some(({ id }) => id === need)));
    if (ready.length === 0) {
      const names = left.map(({ id }) => id).join(', ');
      throw new WorkflowError(`The jobs ${names} need each other, or need a job that does not exist.`);
    }
    ordered.push(...ready);
    left = left.filter((job) => !ready.includes(job));
  }
  return ordered;
}

/** What a job or step may look up. */
export type Known = {
  readonly workflow: Workflow;
  /** Values that somebody gave, by the path of their expression: `inputs.tag`. */
  readonly given: ReadonlyMap<string, Value>;
  readonly contexts: Readonly<Record<string, Value>>;
  readonly failed: boolean;
  readonly hashFiles?: (patterns: readonly string[]) => string;
};

/** The evaluator's view: what was given comes first, then what the run knows; of secrets and variables only what was given. */
export function contextOf({ workflow, given, contexts, failed, hashFiles }: Known): Context {
  const inputs = Object.fromEntries(
    Object.entries(workflow.inputs).map(([name, input]) => {
      const value = given.get(`inputs.${name}`);
      return [name, typeof value === 'string' ? typed(input.type, value) : (value ?? input.default)];
    }),
  );
  return {
    failed,
    ...(hashFiles ? { hashFiles } : {}),
    lookUp(path) {
      const [root = '', ...rest] = path;
      const value = root === 'inputs' ? undefined : given.get(path.join('.'));
      if (value !== undefined) return value;
      const all: Readonly<Record<string, Value>> = { inputs, ...contexts };
      // A combination of the matrix is known as a whole: what it does not have is empty.
      const complete = root === 'matrix' && 'matrix' in contexts ? null : undefined;
      const found = rest.reduce<Value | undefined>((inner, name) => {
        if (inner !== undefined && isList(inner)) return inner[Number(name)] ?? null;
        if (!isRecord(inner)) return undefined;
        return inner[Object.keys(inner).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name];
      }, all[root]);
      return found === undefined ? complete : found;
    },
  };
}

/** Whether a job or step is to run. */
export function runs(test: string | undefined, context: Context): boolean {
  return test === undefined ? !context.failed : condition(test, context);
}

function isRecord(value: Value | undefined): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toValue(value: unknown): Value {
  if (Array.isArray(value)) return value.map(toValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toValue(inner)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : typeof value === 'string' ? value : null;
}

function record(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function settings(value: unknown): Settings {
  return Object.fromEntries(Object.entries(record(value)).map(([name, setting]) => [name, string(setting)]));
}

function string(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

function optional<Name extends 'if' | 'id' | 'shell' | 'folder'>(
  name: Name,
  value: unknown,
): Partial<Record<Name, string>> {
  const present: Partial<Record<Name, string>> = {};
  if (value !== undefined) present[name] = string(value);
  return present;
}

/** A composite action, as far as a local run needs it; undefined where it is of another kind. */
export type Composite = {
  readonly inputs: Settings;
  readonly outputs: Settings;
  readonly steps: readonly Step[];
};

/** Reads the `action.yml` of a composite action. */
export function readComposite(text: string): Composite | undefined {
  const root = record(parseDocument(text).toJS());
  const runs = record(root['runs']);
  if (runs['using'] !== 'composite' || !Array.isArray(runs['steps'])) return undefined;
  const pick = (from: unknown, field: string) =>
    Object.fromEntries(Object.entries(record(from)).map(([name, one]) => [name, string(record(one)[field])]));
  return {
    inputs: pick(root['inputs'], 'default'),
    outputs: pick(root['outputs'], 'value'),
    steps: runs['steps'].map((step) => readStep(record(step), 0)),
  };
}
