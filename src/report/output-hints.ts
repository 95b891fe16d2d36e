import { resourceId } from '../azure/managed-cluster.ts';
import { nearestPath } from '../text/nearest.ts';
import { lookUp } from './catalogue/index.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { said, type Values } from './catalogue/paste.ts';
import type { Groups, Row } from './catalogue/row.ts';
import { compose, type Explanation } from './explanation.ts';
import { withoutScriptPath } from './quote.ts';

/** Hints look at this much of the output's end only: a command with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** … and at this much of a line, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;

/**
 * How kubectl, helm, shells and what they call begin a line that is an error; they never indent it. A hint is wrong worse
 * than missing: a listing, or a log that the command prints on the way, is no error.
 */
const ERROR_LINE = new RegExp(
  [
    String.raw`(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server| in configuration)?(?: \([\w ]{1,40}\))?: `,
    String.raw`error when evicting `,
    String.raw`Unable to (?:connect|use) `,
    String.raw`The connection to the server `,
    String.raw`The (?:\w+) "[^"]{0,253}" is invalid:`,
    String.raw`The request is invalid:`,
    String.raw`the namespace from the provided object `,
    String.raw`(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `,
    String.raw`(?:\S{0,300}/)?command\.sh: `,
    String.raw`(?:ba|da|a)?sh: `,
    String.raw`(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|wget|xargs|yq): `,
  ]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '^(?:') + ')',
);

/** What ends the report of a test runner. What stands above it are words of the tests, whatever they look like. */
const TEST_REPORT = new RegExp(
  [
    String.raw`FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
    String.raw`=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
    String.raw`\s{0,20}Tests:? +\d{1,9} (?:failed|passed|skipped)`, // jest, vitest
    String.raw`(?:ℹ|#) fail \d|not ok \d`, // node --test, TAP
    String.raw` {2}\d{1,9} failing$`, // mocha
    String.raw`test result: (?:ok|FAILED)\.`, // cargo test
    String.raw`\[(?:ERROR|INFO)\] +Tests run: \d|(?:Failed|Passed)! +- Failed: `, // Maven, dotnet test
  ]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '^(?:') + ')',
);

/** kubectl lists several problems of an object below a line of its own: the first of them says more. */
const LISTS_BELOW = /^The \w+ "[^"]{0,253}" is invalid: ?$/;

/** A program that shows where it threw an error is neither kubectl nor helm nor a shell. */
const STACK_FRAME = /^\s{1,20}at \S/;

/** What the output of a failed command says about why. */
export type OutputFindings = {
  readonly hints: readonly Explanation[];
  readonly firstError?: string;
};

type Found = { readonly row: Row; readonly groups: Groups; readonly isFirstError: boolean };

/**
 * Hints that the command's own words, or its exit code, justify: first what ended it, which is the last kind of error in
 * its output, since a script goes on only after errors that it expects.
 */
export function readFindings(output: string, exitCode: number | undefined, context: Context): OutputFindings {
  const found = new Map<Row, Found>();
  /** Who tries again and again says the same again and again. */
  const lookedUp = new Map<string, ReturnType<typeof lookUp>>();
  let firstError: string | undefined;
  for (const { whole, next } of linesOf(output)) {
    if (!ERROR_LINE.test(whole)) continue;
    const line = withoutScriptPath(LISTS_BELOW.test(whole) ? whole.trimEnd() + next.replace(/^\*/, '') : whole);
    const isFirstError = firstError === undefined;
    firstError ??= line;
    if (STACK_FRAME.test(next)) continue;
    const hit = lookedUp.has(line) ? lookedUp.get(line) : lookUp({ service: 'output', text: line, exitCode });
    lookedUp.set(line, hit);
    if (!hit) continue;
    const earlier = found.get(hit.row);
    found.delete(hit.row);
    found.set(hit.row, earlier ?? { ...hit, isFirstError });
  }
  const told = lookUp({ service: 'exit', exitCode });
  // A signal ended the command whatever it complained of before; any other code says less than a line.
  const isSignal = exitCode !== undefined && exitCode > 128;
  if (told && isSignal) found.set(told.row, { ...told, isFirstError: found.size === 0 });
  else if (told && found.size === 0 && (exitCode !== 1 || output.trim() === '')) {
    found.set(told.row, { ...told, isFirstError: true });
  }
  const last = [...found.values()].slice(-MOST_HINTS).reverse();
  const general = contextValues(context);
  const hints = last.map(({ row, groups }) =>
    compose(row, { ...general, ...said(groups), ...derived(groups, context) }, '', context),
  );
  // Where another error ended the command, the first one was one that the script expected.
  const isCause = last[0] === undefined || last[0].isFirstError;
  return { hints, ...(firstError !== undefined && isCause && { firstError }) };
}

/** The lines that may tell why a command failed, each with the one below it. */
function linesOf(output: string): { whole: string; next: string }[] {
  const lines = output
    .slice(-HINT_CHARACTERS)
    .split(/\r?\n/)
    .map((line) => line.slice(0, MAX_LINE));
  const report = lines.findLastIndex((line) => TEST_REPORT.test(line));
  return lines.map((whole, at) => ({ whole, next: lines[at + 1] ?? '' })).slice(report + 1);
}

/** What follows from what a line names. */
function derived(groups: Groups, { cluster, files }: Context): Values {
  const { namespace, user, path } = groups;
  const [, account] = /^system:serviceaccount:(aks-command:[a-z0-9.-]{1,253})$/.exec(user ?? '') ?? [];
  return {
    clusterBinding: namespace === undefined ? 'aks-run-command' : undefined,
    kubernetesRole: `Azure Kubernetes Service RBAC ${roleFor(groups)}`,
    kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
    clusterRole: /^(?:get|list|watch)$/.test(groups['verb'] ?? '') ? 'view' : 'edit',
    serviceAccount: account,
    ...(path !== undefined && aboutFile(path, files)),
  };
}

/** Of a path that was not found. Empty: the line that asks for it says the rest. */
function aboutFile(path: string, files: Context['files']): Values {
  const near = files && nearestPath(path, files);
  if (files?.includes(path.replace(/^(?:\.\/)+/, '')) === true) return { sent: '' };
  if (near !== undefined) return { near, ...(near.endsWith(`/${path.replace(/^\.\//, '')}`) && { kept: '' }) };
  return { missing: '', ...said({ unsent: path }), ...(files?.length === 0 && { nothingSent: '' }) };
}

function roleFor({ namespace, verb = '' }: Groups): string {
  if (namespace === undefined) return 'Cluster Admin';
  return /^(?:get|list|watch)$/.test(verb) ? 'Reader' : 'Writer';
}
