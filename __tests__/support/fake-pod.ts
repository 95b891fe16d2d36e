import { once } from 'node:events';
import AdmZip from 'adm-zip';
import type { PodRunner, PodSpec } from '../../local/azure/index.ts';
import { hashOf } from '../../src/pod/boundary.ts';
import { REFUSED_EXIT_CODE } from '../../src/pod/stream.ts';

/**
 * The pod's side of the protocol without a shell: what `src/pod/run.sh` prints, and when it
 * refuses to run.
 */

/** What a command did, and what it wrote to its two files. */
export type Ran = {
  readonly exitCode?: number;
  readonly output?: string;
  readonly outputs?: string;
  readonly summary?: string;
};

const startLine = (boundary: string) => `aks-run-command start ${hashOf(boundary)}\n`;
const mark = (boundary: string, word: string) => `\n${boundary} ${word}\n`;

/**
 * The log of a pod in which the script of this boundary began a command, wrote its output, and then
 * these marks.
 */
export const framed = (boundary: string, output = '', ...marks: readonly string[]): string =>
  [
    startLine(boundary),
    'aks-run-command begin\n',
    output,
    ...marks.map((word) => mark(boundary, word)),
  ].join('');

/** The log of a pod in which the command ended, and the script reached its own end. */
export const whole = (
  boundary: string,
  { exitCode = 0, output = '', outputs = '', summary = '' }: Ran = {},
): string =>
  [
    framed(boundary, output, `exit ${exitCode}`, `outputs ${Buffer.byteLength(outputs)}`),
    outputs,
    mark(boundary, `summary ${Buffer.byteLength(summary)}`),
    summary,
    mark(boundary, 'end'),
  ].join('');

/** The log of a pod in which the script of this boundary ran nothing, and said why. */
export const refusal = (boundary: string, why: string): string =>
  startLine(boundary) + mark(boundary, why);

type FakePod = {
  /**
   * Runs a command to its end, or until it is killed. The zip holds what was sent beside its text.
   */
  readonly run: (
    command: string,
    context: { zip: AdmZip; kill: AbortSignal; spec: PodSpec },
  ) => Promise<Ran>;
  /** What the script does before it decides whether the command may start. */
  readonly prepare?: () => Promise<unknown>;
  /** Milliseconds since the epoch by the node's clock. */
  readonly now?: () => number;
};

/**
 * A pod for the stand-in for Azure. At the start-by time or later it refuses, as the script does.
 */
export function fakePod({ run, prepare, now = Date.now }: FakePod): PodRunner {
  return async (spec, { started }) => {
    const zip = new AdmZip(spec.context);
    const boundary = zip.readAsText('.aks-run-command/boundary');
    const [, , , startBy] = spec.command.split(' ');
    const isKilled = () => spec.kill.aborted;
    const ended = (exitCode: number, log: string) => ({ exitCode, logs: Buffer.from(log) });

    started();
    await Promise.race([prepare?.(), once(spec.kill, 'abort')]);
    if (isKilled()) return ended(137, startLine(boundary));
    if (Math.floor(now() / 1000) >= Number(startBy)) {
      return ended(REFUSED_EXIT_CODE, refusal(boundary, 'refused'));
    }

    const command = zip.readAsText('.aks-run-command/command.sh');
    const ran = await run(command, { zip, kill: spec.kill, spec });
    return isKilled()
      ? ended(137, framed(boundary, ran.output))
      : ended(ran.exitCode ?? 0, whole(boundary, ran));
  };
}
