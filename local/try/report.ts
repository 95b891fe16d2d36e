import { isFork } from './our-step.ts';
import type { Row, Run } from './run.ts';

/** The end of a rehearsal: what happened to each step, and what the reader can do. */
export function reportOf({
  cancel,
  cancelAfterMs,
  workflow,
  rows,
  outputs,
  reads,
  given,
  examples,
  kubeconfig,
  lacksFiles,
  standIns,
}: Run): string {
  const unset = unsetOutputs({ outputs });
  // Commands read variables, too.
  const unused = [...given.keys()].filter(
    (path) => !path.startsWith('env.') && !reads.has(path.toLowerCase()),
  );
  const counted = [...examples]
    .filter(([path]) => reads.has(path.toLowerCase()))
    .map(([path, example]) => `${path}=${example}`);
  const steps = workflow.jobs.flatMap((job) => job.steps);
  const forks = new Set(steps.filter(isFork).map(({ uses }) => uses));
  return [
    tableOf(rows),
    section(
      'Other repositories, taken as forks of this action, run their own code on GitHub:',
      forks,
    ),
    section('No run of the step set these outputs, which expressions read:', unset),
    section('No expression reads these values:', unused),
    section('These counted as set. Give your own values like this:', counted),
    section('Your clusters must have these namespaces:', standIns.missingNamespaces),
    section("Inconclusive: commands asked for what can't be decided here:", standIns.undecided),
    section(LACKS_FILES, lacksFiles),
    cancelAfterMs === undefined || cancel.signal.aborted ? '' : NOT_CANCELED,
    rows.some(({ ran }) => ran) ? '' : '\nInconclusive: no step of this action ran.\n',
    kubeconfig === undefined ? ABOUT_STAND_IN : `\nThe cluster was the one of ${kubeconfig}.\n`,
  ].join('');
}

const LACKS_FILES =
  'Inconclusive: steps that were not run may create files that these steps lack. ' +
  'To rehearse them, add copies to git:';

const NOT_CANCELED = '\nNo step of this action ran for that long, so nothing was canceled.\n';

const ABOUT_STAND_IN = `
The cluster was a stand-in, empty at first. It checks objects against Kubernetes' schema, stores
them, and says that workloads are ready. Fill it with --setup COMMAND. Only a real API server can
tell whether yours accepts an object: use --kubeconfig FILE (kind, k3d, minikube).
`;

function section(heading: string, lines: Iterable<string>): string {
  const text = [...lines].map((line) => `  ${line}\n`).join('');
  return text === '' ? '' : `\n${heading}\n${text}`;
}

function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['JOB', 'STEP', 'STATE'],
    ...rows.map(({ job, step, state }) => [job, step, state]),
  ];
  const widthOf = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  const lines = cells.map(([job = '', step = '', state = '']) =>
    `${job.padEnd(widthOf(0))}  ${step.padEnd(widthOf(1))}  ${state}`.trimEnd(),
  );
  return `\n${lines.join('\n')}\n`;
}

/** Outputs of steps of this action that expressions read, and that no run of the step has set. */
export function unsetOutputs({ outputs }: Pick<Run, 'outputs'>): readonly string[] {
  return [...outputs].filter(([, isSet]) => !isSet).map(([output]) => output);
}

export function exitCodeOf({ rows, ends, lacksFiles, standIns, signal }: Run): number {
  if (standIns.undecided.size + lacksFiles.size > 0) return 3;
  const failed = [...ends.values()].some(
    ({ result }) => result === 'failure' || result === 'cancelled',
  );
  if (failed || signal?.aborted === true) return 1;
  return rows.some(({ ran }) => ran) ? 0 : 3;
}
