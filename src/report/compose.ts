import type { Target } from '../azure/port.ts';
import { base64Length, biggestOf, type Contents } from '../files/contents.ts';
import type { Host } from '../hosts/port.ts';
import { collectFailure, type Verdict } from '../verdict.ts';
import type { Context } from './catalogue/context.ts';
import { explain } from './explanation.ts';
import { readFindings, type OutputFindings } from './output-hints.ts';
import type { Report } from './report.ts';

/** What a report is made of, beside the verdict. */
export type Known = {
  /** Absent where the inputs are invalid; so is the command, and where an earlier one was waited for. */
  readonly target: Target | undefined;
  readonly command: string | undefined;
  readonly shipment: Contents | undefined;
  readonly host: Pick<Host, 'variable' | 'words' | 'isFromFork'>;
};

/** Explains a verdict, in the words of the host. */
export function reportOn(verdict: Verdict, known: Known): Report {
  const { target, command, shipment, host } = known;
  const context = contextOf(verdict, known);
  const { failure, output, state, exitCode } = verdict;
  const refused = failure?.code === 'exit-code' ? failure.exitCode : exitCode;
  // What a command that succeeds complains of is not why the step fails.
  const { hints, firstError }: OutputFindings =
    state === 'failed' && output && refused !== 0 ? readFindings(output.text, exitCode, context) : { hints: [] };
  // A hint says why; that the exit code is not allowed is then only what is known of the command.
  const own = failure && (failure.code !== 'exit-code' || hints.length === 0) ? [explain(failure, context)] : [];
  const unusable = failure?.code === 'collect' ? undefined : collectFailure(verdict.collected);
  const uncollected = unusable ? [explain(unusable, context)] : [];
  const docs = troubleshooting(host);
  return {
    verdict,
    explanations: [...own, ...hints, ...uncollected],
    ...(firstError !== undefined && { firstError }),
    ...(target && { cluster: target.cluster }),
    ...(command !== undefined && { command }),
    ...(shipment && { shipment }),
    ...(docs !== undefined && { docs }),
  };
}

function contextOf(verdict: Verdict, { target, command, shipment, host }: Known): Context {
  const repository = host.variable('GITHUB_REPOSITORY');
  return {
    words: host.words,
    ...(target && { cluster: target.cluster, signIn: target.signIn, environment: target.environment }),
    ...(repository !== undefined && { repository }),
    ...(host.variable('GITHUB_ACTIONS') === 'true' && { ci: 'GitHub Actions' as const }),
    ...(verdict.commandId && { commandId: verdict.commandId }),
    ...(command !== undefined && { command }),
    ...placeOf(host),
    ...startOf(host),
    ...(shipment && {
      files: shipment.files.map(({ path }) => path),
      sent: { bytes: base64Length(shipment.zipBytes), biggest: biggestOf(shipment.files) },
    }),
    state: verdict.state,
  };
}

/** What expressions in the workflow call this job and this step; the runner makes a name up for a step without an id. */
function placeOf({ variable }: Known['host']): Pick<Context, 'job' | 'step'> {
  const [job = '', step = ''] = [variable('GITHUB_JOB'), variable('GITHUB_ACTION')];
  const isName = (text: string) => /^[A-Za-z_][\w-]*$/.test(text);
  return { ...(isName(job) && { job }), ...(isName(step) && !step.startsWith('__') && { step }) };
}

function startOf({ variable, isFromFork }: Known['host']): Pick<Context, 'startedBy'> {
  if (variable('GITHUB_ACTOR') === 'dependabot[bot]') return { startedBy: 'dependabot' };
  return isFromFork?.() === true ? { startedBy: 'fork' } : {};
}

/** The document of the version that runs: the runner says which repository and which ref the action came from. */
function troubleshooting({ variable }: Known['host']): string | undefined {
  const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
  const ref = variable('GITHUB_ACTION_REF') ?? '';
  const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
  const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
  return known ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}
