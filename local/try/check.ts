import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WorkflowError } from '../github/expression.ts';
import { findingsIn, findingsInAction, readMetadata } from '../github/language-service.ts';
import { readAction } from '../github/step.ts';
import { readWorkflow, type Step, type Workflow } from '../github/workflow.ts';
import { actionFileOf, hasOurInputs, isOurs, REPOSITORY } from './our-step.ts';
import type { Rehearsal } from './run.ts';
import { warningsOf } from './warnings.ts';

/**
 * Reads a workflow.
 *
 * @returns the workflow, and what only looks wrong in it: lines that begin with their place
 * @throws WorkflowError for what GitHub, or this action, would refuse before anything runs
 */
export async function checkedWorkflow(
  file: string,
  checkout: string,
  given: Rehearsal['given'],
): Promise<{ workflow: Workflow; warnings: readonly string[] }> {
  const text = readFileSync(file, 'utf8');
  const workflow = readWorkflow(text, file);
  const own = workflow.jobs.flatMap(({ steps }) => steps).filter((step) => isOurs(step, checkout));
  const actions = await Promise.all(
    own.map(async ({ uses }) => {
      const action = await readMetadata(actionFileOf(uses, checkout) ?? OUR_ACTION);
      return [uses, action] as const;
    }),
  );
  const findings = await findingsIn(text, { folder: checkout, actions: new Map(actions) });
  const errors = findings.filter(({ isError }) => isError);
  if (errors.length > 0)
    throw new WorkflowError(errors.map((error) => `${file}:${error.text}`).join('\n'));

  await refuseActions(workflow, checkout);
  if (own.length === 0) throw new WorkflowError(`${file}: ${whyNone(workflow, checkout)}`);
  if (!isInClone(file)) refusePlaceholders(own, file);
  refuseUnknownInputs(workflow, given, file);
  for (const [name, { required, default: usual }] of Object.entries(workflow.inputs))
    if (required && usual === '' && !given.has(`inputs.${name}`))
      throw new WorkflowError(`${file} requires an input. Add inputs.${name}=VALUE`);
  const { inputs } = await readAction(REPOSITORY);
  const warnings = [
    ...findings.map((finding) => finding.text),
    ...warningsOf(text, workflow, (step) => isOurs(step, checkout), inputs),
  ];
  return { workflow, warnings: warnings.map((warning) => `${file}:${warning}`) };
}

/** @throws WorkflowError for an action of the checkout that GitHub would refuse */
async function refuseActions({ jobs }: Workflow, checkout: string): Promise<void> {
  const uses = new Set(jobs.flatMap(({ steps }) => steps.map((step) => step.uses)));
  for (const one of uses) {
    const file = actionFileOf(one, checkout);
    if (file === undefined || !existsSync(file)) continue;
    const findings = await findingsInAction(readFileSync(file, 'utf8'));
    const errors = findings.filter(({ isError }) => isError).map(({ text }) => `${file}:${text}`);
    if (errors.length > 0) throw new WorkflowError(errors.join('\n'));
  }
}

const OUR_ACTION = path.join(REPOSITORY, 'action.yml');

/** Why no step of a workflow is one of this action. */
function whyNone({ jobs }: Workflow, checkout: string): string {
  const copies = jobs
    .flatMap(({ steps }) => steps)
    .filter(hasOurInputs)
    .map(({ uses }) => ({ uses, action: actionFileOf(uses, checkout) }));
  const missing = copies.find(({ action }) => action !== undefined && !existsSync(action));
  if (missing === undefined) return 'no step uses OWNER/aks-run-command@... or a copy of it';
  return (
    `there is no ${missing.uses}/action.yml. ` +
    `Copy action.yml, LICENSE, and dist/ of the action into ${missing.uses}`
  );
}

/** @throws WorkflowError for a given input that the workflow does not have */
function refuseUnknownInputs({ inputs }: Workflow, given: Rehearsal['given'], file: string): void {
  const names = Object.keys(inputs);
  for (const key of given.keys()) {
    const [, name] = /^inputs\.(.*)/s.exec(key) ?? [];
    if (name === undefined || names.includes(name)) continue;
    const others = names.length === 0 ? '' : `. Its inputs are: ${names.join(', ')}`;
    throw new WorkflowError(`${file} has no input ${name}${others}`);
  }
}

/** README.md and the examples have these words where a name belongs. */
const PLACEHOLDERS = ['OWNER', 'YOU', 'YOUR-FORK', 'COMMIT'];

/** @throws WorkflowError for a step whose action GitHub cannot find */
function refusePlaceholders(steps: readonly Step[], file: string): void {
  for (const { uses } of steps) {
    const left = uses.split(/[/@]/).filter((word) => PLACEHOLDERS.includes(word));
    if (left.length > 0)
      throw new WorkflowError(
        `${file}: GitHub cannot find ${uses}. Replace ${left.join(', ')}. ` +
          'A rehearsal takes any name and commit. The README says which ones GitHub needs',
      );
  }
}

/** Whether a file is one of this clone, such as an example. */
function isInClone(file: string): boolean {
  return !path.relative(REPOSITORY, path.resolve(file)).startsWith('..');
}
