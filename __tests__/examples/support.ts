import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { startLocalKubernetes, type LocalKubernetes } from '../../local/kubernetes/index.ts';
import { createNamespace } from '../create-namespace.ts';
import type { StepResult } from '../../local/runner/step.ts';
import { rehearse, SHARED_TMP } from '../../local/try/rehearsal.ts';
import { readWorkflow } from '../../local/runner/workflow.ts';

export const examples = path.resolve(import.meta.dirname, '../../examples');

/** What running an example's steps came to. */
type Performance = {
  readonly success: boolean;
  /** Results of the steps that ran, by their names. */
  readonly steps: Readonly<Record<string, StepResult>>;
  /** Steps of other actions that GitHub would run. */
  readonly others: readonly string[];
  /** Steps whose condition does not hold. */
  readonly skipped: readonly string[];
  readonly notes: readonly string[];
};

export type Stage = {
  readonly kubernetes: () => LocalKubernetes;
  /** Runs the steps of an example; `workspace` is `examples/` unless told. */
  readonly perform: (
    file: string,
    given?: Readonly<Record<string, string>>,
    workspace?: string,
  ) => Promise<Performance>;
  /** A copy of `examples/` with one file changed. */
  readonly changed: (file: string, from: string, to: string) => Promise<string>;
};

/** A cluster for each test: local-azure with real pods, real kubectl and helm, and a Kubernetes API in memory. */
export function stage(): Stage {
  let kubernetes: LocalKubernetes | undefined;
  const cleanUps: (() => Promise<unknown>)[] = [];
  const kubeconfig = process.env['KUBECONFIG'];
  beforeEach(async () => {
    kubernetes = await startLocalKubernetes();
    process.env['KUBECONFIG'] = kubernetes.kubeconfig;
    await createNamespace(kubernetes.url, 'shop');
  });
  afterEach(async () => {
    await kubernetes?.stop();
    await Promise.all(cleanUps.splice(0).map((clean) => clean()));
    if (kubeconfig === undefined) Reflect.deleteProperty(process.env, 'KUBECONFIG');
    else process.env['KUBECONFIG'] = kubeconfig;
  });
  return {
    kubernetes() {
      if (!kubernetes) throw new Error('The API is not started');
      return kubernetes;
    },
    async perform(file, given = {}, workspace = examples) {
      const steps: Record<string, StepResult> = {};
      const others: string[] = [];
      const skipped: string[] = [];
      const notes: string[] = [];
      const success = await rehearse({
        workflow: readWorkflow(await readFile(path.join(examples, file), 'utf8')),
        workspace,
        given: new Map(Object.entries(given)),
        tell(event) {
          if (event.kind === 'passed-over') (event.why === 'condition' ? skipped : others).push(event.step.name);
          if (event.kind === 'note' && event.text !== SHARED_TMP) notes.push(event.text);
          if (event.kind !== 'ran') return;
          steps[event.step.name] = event.result;
          cleanUps.push(event.result.clean);
        },
      });
      return { success, steps, others, skipped, notes };
    },
    async changed(file, from, to) {
      const folder = await mkdtemp(path.join(tmpdir(), 'examples-'));
      cleanUps.push(() => rm(folder, { recursive: true, force: true }));
      await cp(examples, folder, { recursive: true });
      const text = await readFile(path.join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
      await writeFile(path.join(folder, file), text.replace(from, to));
      return folder;
    },
  };
}
