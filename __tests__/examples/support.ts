import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from '@jest/globals';
import { parseDocument } from 'yaml';
import { toolFolder } from '../../local/azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../../local/kubernetes/index.ts';
import { isJson, listAt, objectAt, textAt, type JsonObject } from '../../local/kubernetes/json.ts';
import { scratch } from '../support/scratch.ts';
import { track } from '../support/track.ts';
import type { StepResult } from '../../local/github/step.ts';
import { readWorkflow } from '../../local/github/workflow.ts';
import { rehearse } from '../../local/try/rehearsal.ts';

export const examples = path.resolve(import.meta.dirname, '../../examples');

/**
 * The kubeconfig of a cluster that the tests use instead of stand-ins. They delete its namespace
 * `shop`, and expect a node that has the images of the examples.
 */
const REAL = process.env['EXAMPLES_KUBECONFIG'];

/** Runs kubectl, and returns what it prints. */
async function kubectlOn(kubeconfig: string, ...args: readonly string[]): Promise<string> {
  const folder = await toolFolder();
  const program = folder === undefined ? 'kubectl' : path.join(folder, 'kubectl');
  const { stdout } = await promisify(execFile)(program, args, {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/**
 * A cluster for the tests of a block, with a namespace `shop` that is empty at first: local-azure
 * with real pods, real kubectl and helm, and a Kubernetes API in memory or the one of
 * `EXAMPLES_KUBECONFIG`.
 */
export function stage() {
  let standIn: LocalKubernetes | undefined;
  let kubeconfig = '';
  const copies = scratch('examples');
  const kubectl = (...args: readonly string[]) => kubectlOn(kubeconfig, ...args);
  beforeAll(async () => {
    if (REAL === undefined) standIn = await startLocalKubernetes();
    kubeconfig = REAL ?? standIn?.kubeconfig ?? '';
    await kubectl('delete', 'namespace', 'shop', '--ignore-not-found');
    await kubectl('create', 'namespace', 'shop');
  });
  afterAll(async () => {
    await standIn?.stop();
  });
  const objects = async (kind: string): Promise<JsonObject[]> => {
    const listed = await kubectl('get', kind, '--namespace=shop', '--output=json');
    const value: unknown = JSON.parse(listed);
    return listAt(isJson(value) ? value : {}, 'items').map((one) => objectAt(one));
  };
  return {
    kubectl,
    /** The objects of a kind in the namespace `shop`. */
    objects,
    /** A deployment in the namespace `shop`. */
    deployment: async (name: string): Promise<JsonObject | undefined> =>
      (await objects('Deployment')).find((one) => textAt(one, 'metadata', 'name') === name),
    /**
     * Runs the steps of an example, of one in a copy of `examples/`, or of another file. `steps` has
     * the results of those that ran, by name, `states` those of all, `collected` the contents of the files that they
     * collected, `others` the steps of other actions, and `skipped` those that would not run.
     */
    perform: async (
      file: string,
      values: Readonly<Record<string, string>> = {},
      checkout = examples,
    ) => {
      const steps: Record<string, StepResult> = {};
      const collected: Record<string, string> = {};
      const workflow = path.resolve(checkout, file);
      const run = await rehearse({
        workflow: readWorkflow(await readFile(workflow, 'utf8'), file),
        given: new Map(Object.entries(values)),
        checkout,
        kubeconfig,
        setup: [],
        signal: undefined,
        cancelAfterMs: undefined,
        say: () => undefined,
        onStep(step, result) {
          steps[step.name] = result;
          const { collected: folder = '' } = result.outputs;
          for (const [name, text] of folder === '' ? [] : textsBelow(folder))
            collected[name] = text;
        },
      });
      const named = (state: RegExp) =>
        run.rows.filter((row) => state.test(row.state)).map(({ step }) => step);
      const unsetOutputs = [...run.outputs].filter(([, isSet]) => !isSet).map(([name]) => name);
      return {
        states: Object.fromEntries(run.rows.map(({ step, state }) => [step, state])),
        success: [...run.ends.values()].every(({ result }) => result !== 'failure'),
        steps,
        collected,
        unsetOutputs,
        others: named(/^not run/),
        skipped: named(/^skipped/),
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
      track(folder);
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
