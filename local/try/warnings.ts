import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
} from 'yaml';
import { parseDuration } from '../../src/text/duration.ts';
import { pathsIn } from '../github/expression.ts';
import { isStep, type Job, type Step, type Workflow } from '../github/workflow.ts';
import { untrustedIn } from './untrusted.ts';

/** A step of this action, and what is around it. */
type Subject = {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly step: Step;
  /** The steps of the job above it. */
  readonly before: readonly Step[];
  /** The inputs, with the defaults of the action. */
  readonly inputs: Readonly<Record<string, string>>;
  /** `timeout-minutes` of the step and of the job; NaN without a number. */
  readonly minutes: { readonly step: number; readonly job: number };
  /** Whether the job's permissions are those of a calling workflow. */
  readonly isCalled: boolean;
};

/** A sentence about the step, and the path of the key that it is about, from the step or the job. */
type Mistake = { readonly at: readonly ['job' | 'step', ...string[]]; readonly text: string };

/**
 * Mistakes that newcomers make and GitHub accepts. They cost an hour, or a verdict, once the
 * workflow runs.
 */
const CHECKS: Readonly<Record<string, (subject: Subject) => readonly Mistake[]>> = {
  variableOfTheRunner({ workflow, job, step, before, inputs: { command = '', env = '' } }) {
    const names = [
      ...Object.keys({ ...workflow.env, ...job.env, ...step.env }),
      ...before.flatMap(({ script }) => namesForLaterSteps(script)),
    ];
    return names
      .filter((name) => reads(command, name) && !passes(env, name))
      .map((name) => ({
        at: ['step', 'with', 'command'],
        text:
          `The command of "${step.name}" reads $${name}, which only the runner has: ` +
          `add the line ${name} to the input env.`,
      }));
  },

  codeOfOthers({ workflow, job, step, inputs: { command = '' } }) {
    return untrustedIn(command, { workflow, job, step }).map(({ path, source }) => {
      const from = path === source ? '' : ` from ${source}`;
      const kept = source.startsWith('secrets.') ? ', and AKS keeps it' : '';
      return {
        at: ['step', 'with', 'command'],
        text:
          `The command of "${step.name}" contains ${path}${from}, whose text becomes code${kept}: ` +
          'set it as the env: of the step, and put only its name into the input env.',
      };
    });
  },

  readBeforeWait({ job, step }) {
    if (!step.background || step.id === '') return [];
    const after = job.plan.slice(job.plan.indexOf(step) + 1);
    const wait = after.findIndex((one) => !isStep(one) && one.steps.includes(step));
    const readers = after
      .slice(0, wait)
      .filter(isStep)
      .filter((reader) => mentions(reader, `steps.${step.id}.`));
    return readers.map(({ name }) => ({
      at: ['step', 'id'],
      text:
        `"${name}" reads steps.${step.id} while "${step.name}" runs in the background, so it is ` +
        `empty: read it after a step that waits for ${step.id}.`,
    }));
  },

  timeoutMinutesInsteadOfTimeout({ step, minutes, inputs }) {
    if (Number.isNaN(minutes.step) || 'timeout' in step.with) return [];
    const rest = inputs['on-cancel'] === 'stop' ? '' : ', and the command runs on';
    const text =
      `The timeout-minutes of "${step.name}" ends the step without a verdict${rest}: ` +
      'set the input timeout instead.';
    return [{ at: ['step', 'timeout-minutes'], text }];
  },

  timeoutMinutesBeforeTimeout({ step, minutes, inputs }) {
    const needed = minutesFor(inputs);
    const mistakes: Mistake[] = [];
    const text = (whose: string) =>
      `The timeout-minutes of ${whose} can end "${step.name}" before its timeout ` +
      `(${inputs['timeout'] ?? ''}) and start-timeout (${inputs['start-timeout'] ?? ''}) are over: ` +
      `lower its timeout, or raise timeout-minutes to at least ${needed}.`;
    if (minutes.step < needed && 'timeout' in step.with)
      mistakes.push({ at: ['step', 'timeout-minutes'], text: text('the step') });
    if (minutes.job < needed)
      mistakes.push({ at: ['job', 'timeout-minutes'], text: text('the job') });
    return mistakes;
  },

  noIdToken({ job, before, inputs, isCalled }) {
    const login = before.find(({ uses }) => /^azure\/login@/i.test(uses));
    const identities = [inputs['client-id'], login?.with['client-id']].filter(Boolean);
    if (identities.length === 0 || job.idToken || isCalled) return [];
    const text =
      `The job ${job.id} uses client-id but may not request an ID token: ` +
      'add id-token: write to its permissions.';
    return [{ at: ['job', 'permissions'], text }];
  },

  noContents({ job }) {
    const isPlain = ({ uses, with: given }: Step) =>
      /^actions\/checkout@/i.test(uses) &&
      ['repository', 'ssh-key', 'token'].every((name) => !given[name]);
    if (job.readsContents || !job.steps.some(isPlain)) return [];
    const text =
      `The job ${job.id} may not read the repository, so actions/checkout fails if it is private: ` +
      'add contents: read to its permissions.';
    return [{ at: ['job', 'permissions'], text }];
  },

  createsNamespace({ step, inputs: { command = '' } }) {
    const code = command.replaceAll(/^\s*#.*$/gm, '');
    if (!/--create-namespace(?!=false)|\bkubectl create (?:namespace|ns)\b/.test(code)) return [];
    const text =
      `The command of "${step.name}" creates a namespace, which the identity of setup.sh cannot ` +
      'do on a cluster with managed Entra: leave it out, and create the namespace once with more ' +
      'permissions.';
    return [{ at: ['step', 'with', 'command'], text }];
  },

  noEnvironment({ workflow, job, inputs: { 'client-id': identity = '' } }) {
    const isShared = workflow.jobs.some(
      ({ environment, steps }) =>
        environment !== '' && steps.some((step) => step.with['client-id'] === identity),
    );
    const isVariable = pathsIn(identity).length > 0;
    if (job.environment !== '' || identity === '' || !(isShared || isVariable)) return [];
    const text =
      `The job ${job.id} uses client-id but has no environment:, and the identity of setup.sh ` +
      'trusts only jobs that have one: add environment: NAME, unless its credential names a branch.';
    return [{ at: ['job', 'environment'], text }];
  },

  noCheckout({ step, before, inputs }) {
    const brings = before.some(({ uses, script }) => script !== '' || !BRINGS_NOTHING.test(uses));
    if (!inputs['files'] || inputs['working-directory'] || brings) return [];
    const text =
      `No step before "${step.name}" brings files, so the input files finds none: ` +
      'add actions/checkout above it.';
    return [{ at: ['step', 'with', 'files'], text }];
  },
};

/** Common actions before this one that leave no file in the workspace. Any other could. */
const BRINGS_NOTHING =
  /^(?:azure\/login|docker\/login-action|actions\/setup-[\w-]+|[^/]+\/aks-run-command)@/i;

/**
 * What the steps of this action will suffer from, although GitHub accepts the workflow.
 *
 * @param defaults the inputs of the action with their defaults
 * @returns sentences that begin with `LINE:COLUMN: `
 */
export function warningsOf(
  text: string,
  workflow: Workflow,
  isOurs: (step: Step) => boolean,
  defaults: Subject['inputs'],
): readonly string[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const isCallable = JSON.stringify(document.get('on') ?? '').includes('workflow_call');
  const minutesAt = (path: Path) => Number(document.getIn([...path, 'timeout-minutes']) ?? NaN);
  const grants = (path: Path) => document.hasIn([...path, 'permissions']);

  const warnings = workflow.jobs.flatMap((job) => {
    const jobPath = ['jobs', job.id];
    const paths = pathsOfActions(document, jobPath);
    const isCalled = isCallable && !grants([]) && !grants(jobPath);

    return job.steps.flatMap((step, index) => {
      const before = job.steps.slice(0, index);
      const stepPath = paths[before.filter(({ uses }) => uses !== '').length] ?? jobPath;
      if (!isOurs(step)) return [];
      const subject: Subject = {
        workflow,
        job,
        step,
        before,
        inputs: { ...defaults, ...step.with },
        minutes: { step: minutesAt(stepPath), job: minutesAt(jobPath) },
        isCalled,
      };
      const mistakes = Object.values(CHECKS).flatMap((check) => check(subject));
      return mistakes.map(({ at: [of, ...keys], text }) => {
        const path = [...(of === 'job' ? jobPath : stepPath), ...keys];
        return { place: placeOf(document, path), text };
      });
    });
  });
  const sentences = warnings
    .sort((one, other) => one.place - other.place)
    .map(({ place, text }) => {
      const { line, col } = lines.linePos(place);
      return `${line}:${col}: ${text}`;
    });
  return [...new Set(sentences)];
}

type Path = readonly (string | number)[];

/** The paths of the steps that use an action, those of a `parallel` included. */
function pathsOfActions(document: Document, job: Path): readonly Path[] {
  const itemsAt = (path: Path): readonly Path[] => {
    const list = document.getIn(path);
    return isSeq(list) ? list.items.map((_item, index) => [...path, index]) : [];
  };
  return itemsAt([...job, 'steps'])
    .flatMap((path) => [path, ...itemsAt([...path, 'parallel'])])
    .filter((path) => {
      const node = document.getIn(path, true);
      const step = isAlias(node) ? node.resolve(document) : node;
      return isMap(step) && step.has('uses');
    });
}

/** Where a path is in the text: its last key that is there. */
function placeOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let place = 0;
  for (const name of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === name)
      : undefined;
    const next: unknown = pair?.key ?? (isSeq(node) ? node.items[Number(name)] : undefined);
    if (!isNode(next)) return place;
    place = next.range?.[0] ?? place;
    node = pair?.value ?? next;
  }
  return place;
}

/** How many minutes a step may need until its own limits end it. One that does not wait needs few. */
function minutesFor({
  wait,
  timeout = '',
  'start-timeout': start = '',
}: Subject['inputs']): number {
  const seconds = (parseDuration(timeout) ?? NaN) + (parseDuration(start) ?? NaN);
  return wait === 'false' ? NaN : Math.ceil(seconds / 60);
}

/** Whether a command reads a variable that it does not set. `A=$A` does not set it. */
function reads(command: string, name: string): boolean {
  if (!/^\w+$/.test(name)) return false;
  // In a document with a quoted delimiter, nothing is a variable.
  const code = command.replaceAll(/<<-?\s*(['"])(\w+)\1[^]*?\n\s*\2$/gm, '');
  const isRead = new RegExp(String.raw`(?<!\\)\$(?:${name}\b|\{[#!]?${name}\b)`).test(code);
  const assigns = String.raw`\b${name}=(?!"?\$\{?${name}\b)`;
  const names = String.raw`(?:\bfor|\bprintf -v|--arg|--argjson) +${name}\b`;
  const fills = String.raw`\b(?:read|mapfile|readarray)\b[^$\n]*\b${name}\b`;
  const isSet = new RegExp([assigns, names, fills].join('|')).test(code);
  return isRead && !isSet;
}

function mentions(step: Step, path: string): boolean {
  const texts = [step.if, step.script, ...Object.values({ ...step.with, ...step.env })];
  return texts.some((text) => text.toLowerCase().includes(path.toLowerCase()));
}

/** Whether the input `env` has a variable, or whole lines that come from an expression. */
function passes(env: string, name: string): boolean {
  return new RegExp(String.raw`^\s*(?:${name}\s*(?:=|<<|$)|\$\{\{)`, 'm').test(env);
}

/** The variables that a script writes into `GITHUB_ENV`. */
function namesForLaterSteps(script: string): readonly string[] {
  const lines = script.matchAll(/(\w+)=.*>> *"?\$\{?GITHUB_ENV/g);
  return Array.from(lines, ([, name = '']) => name);
}
