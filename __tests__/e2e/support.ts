import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { LocalAzure, LocalAzureOptions } from '../../local/azure/index.ts';
import { runStep, type StepResult, type StepStart } from '../../local/github/step.ts';
import { readLog } from '../../local/github/log.ts';
import { expectGolden as golden } from '../support/golden.ts';
import { writeTree, type Tree } from '../support/write-tree.ts';
import { scratch } from '../support/scratch.ts';
import { standIn } from '../support/stand-in.ts';

const top = scratch('e2e');
export const temporaryFolder = () => mkdtempSync(path.join(top, 'folder-'));

/** One stand-in for all tests of a file, and what runs steps with it. */
export function scene(options: Partial<LocalAzureOptions> = {}) {
  const azure = standIn(options);
  /** Makes a folder with these files. */
  const workspace = (tree: Tree = {}) => {
    const folder = temporaryFolder();
    writeTree(folder, tree);
    return folder;
  };
  /**
   * Runs the step with its debug log on, on the cluster `plain` by default, and looks for tokens in
   * what it left.
   */
  const run = async (
    inputs: Readonly<Record<string, string>>,
    { tree, env, ...more }: Partial<StepStart> & { tree?: Tree } = {},
  ) => {
    const result = await runStep({
      workspace: more.workspace ?? workspace(tree),
      temp: temporaryFolder(),
      ...more,
      env: { ...azure().runnerEnv(inputs), RUNNER_DEBUG: '1', ...env },
    });
    expectNoTokens(result, azure());
    return { ...result, log: readLog(result.stdout) };
  };
  return { azure, workspace, run };
}

/**
 * Looks for every token that the stand-in issued in everything that a step left behind, its debug
 * log included. The runner takes the lines that mask a token out of the log, and with them what
 * follows the mask.
 */
export function expectNoTokens(result: StepResult, azure: LocalAzure): void {
  const log = result.stdout.replaceAll(/^::add-mask::.*$/gm, '');
  const left = [log, result.stderr, result.summary, JSON.stringify(result.outputs)].join('\n');
  expect(azure.issuedTokens().filter((token) => left.includes(token))).toEqual([]);
}

/** The commands that the log may hold without any untrusted text having been obeyed. */
export function obeyed(result: StepResult): string[] {
  const own = new Set(['add-mask', 'group', 'endgroup', 'debug']);
  return result.log.commands.map(({ name }) => name).filter((name) => !own.has(name));
}

/**
 * Compares with a file beside the tests. Whatever differs from run to run is replaced by its name.
 */
export async function expectGolden(name: string, text: string): Promise<void> {
  const plain = text
    // How far the pod is when the step looks depends on the machine.
    .replaceAll(/^(Waiting for the pod|The command is running).*\n/gm, '')
    .replaceAll(/localhost:\d+/g, 'localhost:PORT')
    .replaceAll(/\b[0-9a-f]{32}\b/g, 'COMMAND_ID')
    .replaceAll(/(?<= · | in | \()(?:less than 1s|\d+s)(?= · |\)?$)/gm, 'N s')
    .replaceAll(/zip \d+\.\d KiB/g, 'zip N KiB');
  await golden(new URL(`golden/${name}`, import.meta.url), plain);
}
