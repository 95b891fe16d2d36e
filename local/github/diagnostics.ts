import { registerLogger, validate, type ValidationConfig } from '@actions/languageservice';
import { getOrParseWorkflow } from '@actions/languageservice/utils/workflow-cache';
import { validateActionReference } from '@actions/languageservice/validate-action-reference';
import { isMapping, isSequence } from '@actions/workflow-parser';
import { convertSteps } from '@actions/workflow-parser/model/converter/steps';
import { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** The language service itself. Node.js loads this file only with the hook of `try/main.ts`. */

type Diagnostics = Awaited<ReturnType<typeof validate>>;

const crashes: string[] = [];
const ignore = () => undefined;
registerLogger({
  log: ignore,
  info: ignore,
  warn: ignore,
  error: (message) => crashes.push(message),
});

/**
 * What the service finds in a workflow.
 *
 * @throws Error if the service fails. It only logs that, and returns what it has found so far
 */
export async function diagnosticsOf(
  workflow: TextDocument,
  config: ValidationConfig,
): Promise<Diagnostics> {
  const found = await validate(workflow, config);
  await validateParallel(workflow, config, found);
  const [crash] = crashes.splice(0);
  if (crash !== undefined) throw new Error(`GitHub's language service failed: ${crash}`);
  return found;
}

/** Adds what is wrong with the inputs of parallel steps, at which the service does not look. */
async function validateParallel(
  workflow: TextDocument,
  config: ValidationConfig,
  found: Diagnostics,
): Promise<void> {
  const file = { name: workflow.uri, content: workflow.getText() };
  const { value: root, context } = getOrParseWorkflow(file, file.name, false, config.featureFlags);
  if (root === undefined) return;
  for (const [, token] of TemplateToken.traverse(root)) {
    const group = isMapping(token) ? token.find('parallel') : undefined;
    if (token.definition?.key !== 'parallel-step' || !group || !isSequence(group)) continue;
    for (const [index, step] of convertSteps(context, group).entries())
      await validateActionReference(found, group.get(index), step, config);
  }
}
