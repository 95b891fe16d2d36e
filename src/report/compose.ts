import type { Shipment } from '../files/shipment.ts';
import type { Host } from '../hosts/port.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Verdict } from '../verdict.ts';
import type { Context } from './catalogue/context.ts';
import { explain } from './explanation.ts';
import { outputHints } from './output-hints.ts';
import type { Report } from './report.ts';

/** What a report is made of, beside the verdict. */
export type Known = {
  /** Undefined where they are invalid. */
  readonly inputs: Inputs | undefined;
  readonly shipment: Shipment | undefined;
  readonly host: Pick<Host, 'variable' | 'words'>;
};

/** Explains a verdict, in the words of the host. */
export function reportOn(verdict: Verdict, { inputs, shipment, host }: Known): Report {
  const repository = host.variable('GITHUB_REPOSITORY');
  const context: Context = {
    words: host.words,
    ...(inputs && { cluster: inputs.cluster, signIn: inputs.signIn, environment: inputs.environment }),
    ...(repository !== undefined && { repository }),
    ...(verdict.commandId && { commandId: verdict.commandId }),
    state: verdict.state,
  };
  const hints =
    verdict.state === 'failed' && verdict.output ? outputHints(verdict.output.text, verdict.exitCode, context) : [];
  return {
    verdict,
    explanations: [...(verdict.failure ? [explain(verdict.failure, context)] : []), ...hints],
    ...(inputs && { cluster: inputs.cluster }),
    ...(inputs?.task.kind === 'run' && { command: inputs.task.command }),
    ...(shipment && { shipment }),
  };
}
