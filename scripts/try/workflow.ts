import { parse } from 'yaml';
import { condition, type Context, type Value } from './expression.ts';

/** A workflow file, as far as a local run needs it. */
export type Workflow = {
  readonly name: string;
  /** The event to pretend: by hand where the workflow allows it. */
  readonly event: string;
  /** Defaults of its inputs. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Settings;
  /** Each after those that it needs. */
  readonly jobs: readonly Job[];
};

export type Job = {
  readonly id: string;
  readonly if?: string;
  readonly needs: readonly string[];
  readonly env: Settings;
  readonly outputs: Settings;
  /** The combinations of its matrix, the first of each list where there are lists; one without any where there is none. */
  readonly matrix: readonly Settings[];
  readonly steps: readonly Step[];
};

export type Step = {
  /** As the job's page shows it. */
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly continueOnError: boolean;
  readonly env: Settings;
  readonly with: Settings;
  /** `ours` for a step of this action, else what the step uses, or `run`. */
  readonly kind: 'ours' | 'run' | 'other';
};

/** Names and values as they stand, expressions and all. */
export type Settings = Readonly<Record<string, string>>;

type Node = Readonly<Record<string, unknown>>;

/** Reads a workflow file. */
export function readWorkflow(text: string): Workflow {
  const root = record(parse(text));
  const jobs = Object.entries(record(root['jobs'])).map(([id, job]) => readJob(id, record(job)));
  if (jobs.length === 0) throw new TypeError('This is no workflow: it has no jobs.');
  const events = typeof root['on'] === 'string' ? { [root['on']]: {} } : record(root['on']);
  const byHand = record(record(events['workflow_dispatch'])['inputs']);
  const called = record(record(events['workflow_call'])['inputs']);
  const names = Array.isArray(root['on']) ? root['on'].map(String) : Object.keys(events);
  return {
    name: string(root['name']),
    event: names.includes('workflow_dispatch') ? 'workflow_dispatch' : (names[0] ?? 'push'),
    inputs: Object.fromEntries(
      Object.entries({ ...called, ...byHand }).map(([name, input]) => [name, string(record(input)['default'])]),
    ),
    env: settings(root['env']),
    jobs: inOrder(jobs),
  };
}

function readJob(id: string, job: Node): Job {
  const { steps, needs } = job;
  return {
    id,
    ...optional('if', job['if']),
    needs: Array.isArray(needs) ? needs.map(String) : typeof needs === 'string' ? [needs] : [],
    env: settings(job['env']),
    outputs: settings(job['outputs']),
    matrix: readMatrix(record(record(job['strategy'])['matrix'])),
    steps: Array.isArray(steps) ? steps.map((step) => readStep(record(step))) : [],
  };
}

function readStep(step: Node): Step {
  const uses = string(step['uses']);
  const firstLine = string(step['run']).split('\n')[0] ?? '';
  return {
    name: string(step['name']) || (uses === '' ? `Run ${firstLine}` : uses.replace(/@.*$/, '')),
    ...optional('id', step['id']),
    ...optional('if', step['if']),
    continueOnError: step['continue-on-error'] === true,
    env: settings(step['env']),
    with: settings(step['with']),
    kind: isOurs(uses) ? 'ours' : uses === '' ? 'run' : 'other',
  };
}

/** Whether `uses` names this action: in a repository of its name, or by path in its own. */
export function isOurs(uses: string): boolean {
  return uses === './' || /^[^/]+\/aks-run-command@/.test(uses);
}

function readMatrix(matrix: Node): readonly Settings[] {
  const lists = Object.entries(matrix).filter(
    ([name, list]) => name !== 'exclude' && name !== 'include' && Array.isArray(list),
  );
  if (lists.length > 0) {
    return [
      settings(
        Object.fromEntries(lists.map(([name, list]) => [name, Array.isArray(list) ? (list[0] as unknown) : ''])),
      ),
    ];
  }
  const { include } = matrix;
  return Array.isArray(include) && include.length > 0 ? include.map((one) => settings(one)) : [{}];
}

function inOrder(jobs: readonly Job[]): Job[] {
  const ordered: Job[] = [];
  for (let left = [...jobs]; left.length > 0;) {
    const ready = left.filter((job) => job.needs.every((need) => ordered.some(({ id }) => id === need)));
    if (ready.length === 0)
      throw new TypeError(
        `The jobs ${left.map(({ id }) => id).join(', ')} need each other, or a job that is not there.`,
      );
    ordered.push(...ready);
    left = left.filter((job) => !ready.includes(job));
  }
  return ordered;
}

/** What a job or step may look up. */
export type Known = {
  readonly workflow: Workflow;
  /** Values that somebody gave, by the path of their expression: `inputs.tag`. */
  readonly given: ReadonlyMap<string, string>;
  readonly contexts: Readonly<Record<string, Value>>;
  readonly failed: boolean;
};

/** The evaluator's view: what was given comes first, then what the run knows; of secrets and variables only what was given. */
export function contextOf({ workflow, given, contexts, failed }: Known): Context {
  return {
    failed,
    lookUp(path) {
      const value = given.get(path.join('.'));
      if (value !== undefined) return value;
      const [root = '', ...rest] = path;
      const start = root === 'inputs' ? workflow.inputs : contexts[root];
      return rest.reduce<Value | undefined>(
        (inner, name) =>
          isRecord(inner)
            ? inner[Object.keys(inner).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name]
            : undefined,
        start,
      );
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

function optional<Name extends 'if' | 'id'>(name: Name, value: unknown): Partial<Record<Name, string>> {
  const present: Partial<Record<Name, string>> = {};
  if (value !== undefined) present[name] = string(value);
  return present;
}
