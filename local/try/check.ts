import { readFileSync } from 'node:fs';
import path from 'node:path';
import { didYouMean, nearestName } from '../../src/text/nearest.ts';
import { actionlint } from '../github/actionlint.ts';
import { WorkflowError } from '../github/expression.ts';
import { readAction } from '../github/step.ts';
import { readWorkflow, type Step, type Workflow } from '../github/workflow.ts';
import { isOurs, REPOSITORY } from './our-step.ts';
import type { Rehearsal } from './run.ts';

/**
 * Reads a workflow.
 *
 * @throws WorkflowError for what GitHub, or this action, would refuse before anything runs
 */
export async function checkedWorkflow(
  file: string,
  checkout: string,
  given: Rehearsal['given'],
): Promise<Workflow> {
  const text = readFileSync(file, 'utf8');
  const workflow = readWorkflow(text, file);
  // actionlint knows neither background steps nor actions of the repository itself.
  const isKnown = workflow.jobs.every(
    ({ steps, plan }) =>
      steps.length === plan.length && !steps.some(({ uses }) => uses.startsWith('$/')),
  );
  const findings = isKnown ? await actionlint(text) : [];
  const problems = findings.filter(
    ({ kind, text }) => !ADVICE.includes(kind) || IS_NO_ACTION.test(text),
  );
  if (problems.length > 0)
    throw new WorkflowError(problems.map((problem) => `${file}:${problem.text}`).join('\n'));

  const own = workflow.jobs.flatMap(({ steps }) => steps).filter((step) => isOurs(step, checkout));
  if (own.length === 0)
    throw new WorkflowError(`${file}: no step uses OWNER/aks-run-command@... or a copy of it`);
  if (!isInClone(file)) refusePlaceholders(own, file);
  const known = Object.keys((await readAction(REPOSITORY)).inputs);
  for (const step of own)
    for (const name of Object.keys(step.with))
      if (!known.includes(name)) {
        const advice = didYouMean(nearestName(name, known))?.markdown ?? '';
        throw new WorkflowError(
          `${step.name}: "${name}" is not an input of this action. ${advice}`,
        );
      }
  for (const [name, { required, default: usual }] of Object.entries(workflow.inputs))
    if (required && usual === '' && !given.has(`inputs.${name}`))
      throw new WorkflowError(`${file} requires an input. Add inputs.${name}=VALUE`);
  return workflow;
}

/** README.md and the examples have these words where a name belongs. */
const PLACEHOLDERS = ['OWNER', 'YOU', 'YOUR-FORK', 'COMMIT'];

/** @throws WorkflowError for a step whose action GitHub cannot find */
function refusePlaceholders(steps: readonly Step[], file: string): void {
  for (const { uses } of steps) {
    const left = uses.split(/[/@]/).filter((word) => PLACEHOLDERS.includes(word));
    if (left.length > 0)
      throw new WorkflowError(`${file}: GitHub cannot find ${uses}. Replace ${left.join(', ')}`);
  }
}

/** Whether a file is one of this clone, such as an example. */
function isInClone(file: string): boolean {
  return !path.relative(REPOSITORY, path.resolve(file)).startsWith('..');
}

/** Of the rule `action`, what GitHub refuses, too: `uses` without an owner or a ref. */
const IS_NO_ACTION = /^\d+:\d+: specifying action .* in invalid format/;

/**
 * Rules of actionlint that are no errors on GitHub: advice on scripts, labels of self-hosted
 * runners, and requirements of other actions.
 */
const ADVICE = [
  'action',
  'credentials',
  'deprecated-commands',
  'if-cond',
  'pyflakes',
  'runner-label',
  'shellcheck',
];
