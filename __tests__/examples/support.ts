import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { parseDocument } from 'yaml';
import { startLocalKubernetes, type LocalKubernetes } from '../../local/kubernetes/index.ts';
import { createNamespace } from '../create-namespace.ts';
import { scratch } from '../scratch.ts';
import type { StepResult } from '../../local/runner/step.ts';
import { checkWorkflow } from '../../local/try/check.ts';
import { rehearse } from '../../local/try/rehearsal.ts';

export const examples = path.resolve(import.meta.dirname, '../../examples');

/**
 * A cluster for each test: local-azure with real pods, real kubectl and helm, and a Kubernetes API
 * in memory.
 */
export function stage() {
  let kubernetes: LocalKubernetes | undefined;
  const copies = scratch('examples');
  const started = () => {
    if (!kubernetes) throw new Error('The API is not started');
    return kubernetes;
  };
  beforeEach(async () => {
    kubernetes = await startLocalKubernetes();
    await createNamespace(kubernetes.url, 'shop');
  });
  afterEach(async () => {
    await kubernetes?.stop();
  });
  return {
    kubernetes: started,
    /**
     * Runs the steps of an example, or of another file. `steps` has the results of those that ran,
     * by name, `collected` the contents of the files that they collected, `others` the steps of
     * other actions, `skipped` those whose condition was false.
     */
    perform: async (
      file: string,
      values: Readonly<Record<string, string>> = {},
      source = examples,
    ) => {
      const steps: Record<string, StepResult> = {};
      const collected: Record<string, string> = {};
      const said: string[] = [];
      const given = new Map(Object.entries(values));
      const checked = await checkWorkflow(path.resolve(examples, file), source, given);
      const success = await rehearse({
        workflow: checked.workflow,
        given: checked.values,
        source,
        kubeconfig: () => Promise.resolve(started().kubeconfig),
        say: (text) => said.push(text),
        ran(step, result) {
          steps[step.name] = result;
          const { collected: folder = '' } = result.outputs;
          for (const [name, text] of folder === '' ? [] : textsBelow(folder))
            collected[name] = text;
        },
      });
      const found = (form: RegExp) => said.flatMap((text) => form.exec(text)?.[1] ?? []);
      return {
        success,
        steps,
        collected,
        others: found(/^-- (.*): skipped, because it does not/),
        skipped: found(/^-- (.*): skipped, because (?:its|an)/),
        // Whether this machine has jq says nothing about the example.
        notes: found(/^ +Note: (?!This machine has no )(.*)/),
      };
    },
    /** A copy of `examples/` with one value of a YAML file changed. */
    changed: async (
      file: string,
      at: readonly (string | number)[],
      change: (value: unknown) => unknown,
    ) => {
      const folder = await mkdtemp(path.join(copies, 'copy-'));
      await cp(examples, folder, { recursive: true });
      const document = parseDocument(await readFile(path.join(folder, file), 'utf8'));
      if (!document.hasIn(at)) throw new Error(`${file} has no ${at.join('.')}`);
      document.setIn(at, change(document.getIn(at)));
      await writeFile(path.join(folder, file), String(document));
      return folder;
    },
  };
}

function textsBelow(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]);
}
