import { expect } from '@jest/globals';
import type { LocalAzure } from '../../local/azure/index.ts';
import type { StepResult } from '../../local/runner/step.ts';

/**
 * Looks for every token that the stand-in issued in everything that a step left behind, its debug log included. The
 * runner takes the lines that mask a token out of the log, and with them what follows the mask.
 */
export function expectNoTokens(result: StepResult, azure: LocalAzure): void {
  const log = result.stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
  const left = [log, result.stderr, result.summary, JSON.stringify(result.outputs)].join('\n');
  expect(azure.issuedTokens().filter((token) => left.includes(token))).toEqual([]);
}
