import type { Target } from '../azure/port.ts';
import { proxyProblem } from '../azure/proxy.ts';
import { StepError } from '../failure.ts';
import type { InputReader } from './reader.ts';
import { readTarget } from './target.ts';
import { readTask, type Follow, type Run } from './task.ts';

/** What a user may set, read once and valid. */
export type Inputs = Target & {
  readonly task: Run | Follow;
  /** Seconds. */
  readonly timeout: number;
  readonly allowedExitCodes: 'any' | readonly number[];
  readonly maskOutputs: readonly string[];
  /** What to do about a pattern that brought back no file. Of an earlier command, whoever waits for it decides. */
  readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
};

const MAX_TIMEOUT_SECONDS = 120 * 3600;
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;

/** Whether to write a summary. Read before the other inputs, because a summary also reports what is wrong with them. */
export function wantsSummary(reader: InputReader): boolean {
  return reader.flag('summary', true);
}

/**
 * Reads and validates every input.
 *
 * @throws StepError `invalid-inputs` with all problems that the reader found.
 */
export function readInputs(reader: InputReader): Inputs {
  const target = readTarget(reader);
  const rest = {
    task: readTask(reader),
    timeout: reader.duration('timeout', '30m', MAX_TIMEOUT_SECONDS),
    allowedExitCodes: readExitCodes(reader),
    maskOutputs: readMaskOutputs(reader),
    ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore'], 'warn'),
  };
  reader.warnOfUnknown();
  const problems = [...reader.problems, ...problemsWithConnection(reader)];
  if (problems.length > 0 || target === undefined) throw new StepError({ code: 'invalid-inputs', problems });
  return { ...target, ...rest };
}

const CERTIFICATES =
  'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks. Remove it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to the path of its certificate.';

/** Neither tokens nor a verdict may travel over a connection that proves nothing, or past the proxy that was asked for. */
function problemsWithConnection({ host }: InputReader): string[] {
  const proxy = proxyProblem(host.variable);
  const problems = proxy === undefined ? [] : [proxy];
  return host.variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0' ? [CERTIFICATES, ...problems] : problems;
}

function readExitCodes(reader: InputReader): 'any' | number[] {
  const items = reader.list('allowed-exit-codes');
  if (items.join().toLowerCase() === 'any') return 'any';
  const codes = items.length === 0 ? ['0'] : items;
  const bad = codes.filter((code) => !/^\d{1,3}$/.test(code) || Number(code) > 255);
  if (bad.length > 0) {
    reader.invalid('allowed-exit-codes', bad.join(', '), 'any, or comma-separated exit codes from 0 to 255');
  }
  return codes.map(Number);
}

function readMaskOutputs(reader: InputReader): string[] {
  const names = reader.list('mask-outputs');
  for (const name of names) {
    if (!OUTPUT_NAME.test(name)) reader.invalid('mask-outputs', name, 'names of step outputs, separated by commas');
  }
  return names;
}
