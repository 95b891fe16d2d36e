import path from 'node:path';
import { parseDocument } from 'yaml';
import { isRecord } from '../../src/text/json.ts';
import { WorkflowError, type Value } from './expression.ts';

/** A workflow file, as far as a rehearsal of its steps needs it. Expressions are unevaluated. */
export type Workflow = {
  /** Its path in a repository. */
  readonly path: string;
  /** Its name; without one, its path. */
  readonly name: string;
  /** The event to simulate: a manual run if the workflow allows it. */
  readonly event: string;
  /** The inputs of `workflow_dispatch` or `workflow_call`. */
  readonly inputs: Readonly<
    Record<string, { readonly required: boolean; readonly type: string; readonly default: string }>
  >;
  readonly env: Settings;
  /** Each one comes after those that it needs. */
  readonly jobs: readonly Job[];
  /** Variables and secrets that it mentions, such as `vars.NAME`. */
  readonly mentioned: readonly string[];
};

export type Job = {
  readonly id: string;
  readonly needs: readonly string[];
  readonly if: string;
  readonly env: Settings;
  readonly outputs: Settings;
  /** With the `matrix`: lists, `include` and `exclude`. Each of the two can be an expression. */
  readonly strategy: Value;
  /** Whether the job may request an ID token. */
  readonly idToken: boolean;
  /** Whether its token may read the repository, as it usually may. */
  readonly readsContents: boolean;
  readonly environment: string;
  readonly continueOnError: string;
  /** The workflow that the job calls; empty if it has steps. */
  readonly uses: string;
  /** The steps that run something, those of a `parallel` included. */
  readonly steps: readonly Step[];
  /** The same steps, and those that wait for them or cancel one, in their order. */
  readonly plan: readonly (Step | Control)[];
};

export type Step = {
  readonly id: string;
  /** As the run's page shows it. */
  readonly name: string;
  readonly if: string;
  /** The action of the step; empty for a script. */
  readonly uses: string;
  /** By their names in lower case. */
  readonly with: Settings;
  readonly env: Settings;
  readonly script: string;
  readonly continueOnError: string;
  /** Whether the job goes on while it runs. */
  readonly background: boolean;
};

/**
 * A step that waits for background steps, or cancels one. It always runs, and the runner does not
 * read its `continue-on-error`.
 */
export type Control = {
  readonly control: 'wait' | 'cancel';
  readonly id: string;
  readonly name: string;
  readonly steps: readonly Step[];
};

/** Names and their texts. */
type Settings = Readonly<Record<string, string>>;

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads a workflow.
 *
 * @param file its name in messages
 * @throws WorkflowError if it is not YAML, or not a workflow
 */
export function readWorkflow(text: string, file: string): Workflow {
  const root = readYaml(text, file);
  const jobs = Object.entries(record(root['jobs']));
  if (jobs.length === 0) throw new WorkflowError(`${file} is not a workflow: it has no jobs`);

  const events = eventsOf(root['on']);
  const names = Object.keys(events);
  const inputs = ['workflow_call', 'workflow_dispatch'].flatMap((event) =>
    Object.entries(record(record(events[event])['inputs'])),
  );
  const event = names.includes('workflow_dispatch') ? 'workflow_dispatch' : (names[0] ?? 'push');
  // A called workflow that sets no permissions has those of its caller.
  const usual = root['permissions'] ?? (event === 'workflow_call' ? 'write-all' : undefined);
  const mentioned = text.matchAll(/\b(vars|secrets)(?:\.|\[')([\w-]+)/gi);
  const inRepository = `.github/workflows/${path.basename(file)}`;
  return {
    path: inRepository,
    name: string(root['name']) || inRepository,
    event,
    inputs: Object.fromEntries(inputs.map(([name, input]) => [name, readInput(record(input))])),
    env: settings(root['env']),
    jobs: inOrder(jobs.map(([id, job]) => readJob(id, record(job), usual))),
    mentioned: [...mentioned].map(([, context = '', name = '']) => `${context}.${name}`),
  };
}

function readYaml(text: string, file: string): Node {
  const document = parseDocument(text);
  // GitHub refuses an unknown tag, too, such as that in `files: !docs/**` without quotes ("Unexpected
  // tag", YamlObjectReader.cs).
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw new WorkflowError(`${file}: ${problem.message.trim()}`);
  return record(document.toJS());
}

/** `on` is the name of an event, a list of names, or a map. */
function eventsOf(on: unknown): Node {
  if (isRecord(on)) return on;
  return Object.fromEntries([on].flat().map((name) => [string(name), {}]));
}

function readInput({ required, type, options, default: given }: Node) {
  const [first = ''] = type === 'choice' ? strings(options) : [];
  return { required: required === true, type: string(type), default: string(given) || first };
}

function readJob(id: string, job: Node, usual: unknown): Job {
  const { needs, environment, permissions = usual, steps = [] } = job;
  const plan = planOf([steps].flat().map(record));
  const { contents } = record(permissions);
  return {
    id,
    needs: strings([needs ?? []].flat()),
    if: string(job['if']) || 'success()',
    env: settings(job['env']),
    outputs: settings(job['outputs']),
    strategy: (job['strategy'] ?? null) as Value,
    idToken: permissions === 'write-all' || record(permissions)['id-token'] === 'write',
    readsContents: !isRecord(permissions) || contents === 'read' || contents === 'write',
    environment: string(environment) || string(record(environment)['name']),
    continueOnError: string(job['continue-on-error']),
    uses: string(job['uses']),
    steps: plan.filter(isStep),
    plan,
  };
}

/**
 * The steps in their order, as GitHub expands them: those of a `parallel` run in the background and
 * are waited for, and the end waits for all that no step waits for or cancels.
 */
function planOf(steps: readonly Node[]): Job['plan'] {
  const plan: (Step | Control)[] = [];
  for (const step of steps) {
    if ('parallel' in step) {
      const group = [step['parallel']].flat().map((one) => readStep(record(one)));
      const started = group.map((one) => ({ ...one, background: true }));
      plan.push(...started, { control: 'wait', id: '', name: 'Parallel group', steps: started });
    } else {
      plan.push(readControl(step, plan) ?? readStep(step));
    }
  }
  const left = unwaited(plan);
  const name = 'Wait for all background steps';
  return left.length === 0 ? plan : [...plan, { control: 'wait', id: '', name, steps: left }];
}

export const isStep = (one: Step | Control): one is Step => !('control' in one);

/** The background steps of a plan that nothing in it waits for or cancels. */
function unwaited(plan: Job['plan']): readonly Step[] {
  const done = plan.flatMap((one) => (isStep(one) ? [] : one.steps));
  return plan.filter(isStep).filter((step) => step.background && !done.includes(step));
}

/**
 * A step that waits for background steps or cancels one; undefined for any other. The names are
 * those of GitHub's workflow parser.
 *
 * @param before the plan so far. A step that is not in the background is ignored, as by the runner
 */
function readControl(step: Node, before: Job['plan']): Control | undefined {
  const id = string(step['id']);
  const name = string(step['name']);
  if ('wait-all' in step)
    return { control: 'wait', id, name: name || 'Wait for all', steps: unwaited(before) };

  const { wait, cancel } = step;
  if (wait === undefined && cancel === undefined) return undefined;
  const ids = [wait ?? cancel].flat().map((one) => string(one).toLowerCase());
  const named = before.filter(isStep).filter((one) => ids.includes(one.id.toLowerCase()));
  const steps = named.filter(({ background }) => background);
  if (wait === undefined) return { control: 'cancel', id, name: name || 'Cancel', steps };
  return { control: 'wait', id, name: name || 'Wait', steps };
}

function readStep(step: Node): Step {
  const uses = string(step['uses']);
  const script = string(step['run']);
  const usual = uses === '' ? `Run ${script.split('\n')[0] ?? ''}` : uses.replace(/@.*$/, '');
  return {
    id: string(step['id']),
    name: string(step['name']) || usual,
    if: string(step['if']) || 'success()',
    uses,
    with: inputsOf(step['with']),
    env: settings(step['env']),
    script,
    continueOnError: string(step['continue-on-error']),
    background: step['background'] === true,
  };
}

/** Each job comes after those that it needs. Cycles come last; GitHub's language service refuses them. */
function inOrder(jobs: readonly Job[], done: readonly Job[] = []): readonly Job[] {
  const left = jobs.filter((job) => !done.includes(job));
  const ready = left.filter((job) => job.needs.every((need) => done.some(({ id }) => id === need)));
  return ready.length === 0 ? [...done, ...left] : inOrder(jobs, [...done, ...ready]);
}

const record = (value: unknown): Node => (isRecord(value) ? value : {});
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const settings = (value: unknown): Settings =>
  Object.fromEntries(Object.entries(record(value)).map(([name, one]) => [name, string(one)]));

/** The runner ignores the letter case of an input's name. */
function inputsOf(value: unknown): Settings {
  const given = Object.entries(settings(value));
  return Object.fromEntries(given.map(([name, one]) => [name.toLowerCase(), one]));
}

function string(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
