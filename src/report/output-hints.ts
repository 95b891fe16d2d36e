import { resourceId } from '../azure/managed-cluster.ts';
import { nearestPath } from '../text/nearest.ts';
import { lookUp } from './catalogue/index.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { said, type Values } from './catalogue/paste.ts';
import type { Groups, Row } from './catalogue/row.ts';
import { namespacesIn } from './command-text.ts';
import { compose, type Explanation } from './explanation.ts';
import { withoutScriptPath } from './quote.ts';

/** Only the end of an output is searched for hints: a command that runs with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** Longer lines are cut, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;

/**
 * How kubectl, helm, shells, and the programs that they call begin a line that is an error; they never indent it. Other
 * lines get no hint: a wrong hint is worse than none, and listings and logs are full of the same words.
 */
const ERROR_LINE = anyOf(
  String.raw`(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server| in configuration)?(?: \([\w ]{1,40}\))?: `,
  String.raw`error when evicting `,
  String.raw`Unable to connect `,
  String.raw`The connection to the server `,
  String.raw`The (?:\w+) "[^"]{0,253}" is invalid:`,
  String.raw`The request is invalid:`,
  String.raw`the namespace from the provided object `,
  String.raw`(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `,
  String.raw`(?:\S{0,300}/)?command\.sh: `,
  String.raw`(?:ba|da|a)?sh: `,
  String.raw`(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|wget|xargs|yq): `,
);

/** How the words of something else end: those of tests, or of a container that kubectl exec ran a program in. */
const END_OF_OTHER_WORDS = anyOf(
  String.raw`FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
  String.raw`=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
  String.raw`\s{0,20}Tests:? +\d|(?:\[(?:ERROR|INFO)\] +)?Tests run: \d`, // jest, vitest, PHPUnit, JUnit, Maven
  String.raw`(?:ℹ|#) fail \d|(?:not )?ok \d`, // node --test, TAP
  String.raw`\s{0,2}\d{1,9} (?:failing|fail)$`, // mocha, Bun
  String.raw`\d{1,9}%? (?:tests?|examples?)\b.{0,40}\b(?:failed|failures?)\b`, // RSpec, Gradle, Robot, CTest
  String.raw`test result: (?:ok|FAILED)\.|FAILED \| \d|(?:Failed|Passed)! +- Failed: `, // cargo, Deno, dotnet test
  String.raw`command terminated with exit code \d`, // kubectl exec
);

function anyOf(...parts: readonly string[]): RegExp {
  return new RegExp(`^(?:${parts.join('|')})`);
}

/** If an object has several problems, kubectl lists them below this line. The first of them says more than the line. */
const LISTS_BELOW = /^The \w+ "[^"]{0,253}" is invalid: ?$/;

/** A stack frame below an error: the program is neither kubectl nor helm nor a shell. */
const STACK_FRAME = /^\s{1,20}at \S/;

/** What the output of a failed command says about the cause. */
export type OutputFindings = {
  readonly hints: readonly Explanation[];
  readonly firstError?: string;
};

type Finding = { readonly row: Row; readonly groups: Groups; readonly isFirstError: boolean };

/**
 * The hints that the command's own words, or its exit code, justify. The last kind of error in the output comes first: a
 * script goes on only after errors that it expects.
 */
export function readFindings(output: string, exitCode: number | undefined, context: Context): OutputFindings {
  const found = new Map<Row, Finding>();
  /** A command that retries repeats its errors: each line is looked up once. */
  const lookedUp = new Map<string, ReturnType<typeof lookUp>>();
  const namespaces = namespacesIn(context.command ?? '');
  let firstError: string | undefined;
  for (const { whole, next } of linesOf(output)) {
    if (!ERROR_LINE.test(whole)) continue;
    const line = withoutScriptPath(LISTS_BELOW.test(whole) ? whole.trimEnd() + next.replace(/^\*/, '') : whole);
    const isFirstError = firstError === undefined;
    firstError ??= line;
    if (STACK_FRAME.test(next)) continue;
    const signs = { service: 'output', text: line, exitCode, namespaces: namespaces.named } as const;
    const hit = lookedUp.has(line) ? lookedUp.get(line) : lookUp(signs);
    lookedUp.set(line, hit);
    if (!hit) continue;
    const earlier = found.get(hit.row);
    found.delete(hit.row);
    found.set(hit.row, earlier ?? { ...hit, isFirstError });
  }
  // The exit code of a program that kubectl exec ran says nothing about this pod.
  const isExec = output.trimEnd().endsWith(`command terminated with exit code ${exitCode}`);
  const byExitCode = isExec ? undefined : lookUp({ service: 'exit', exitCode });
  // A signal ends a command whatever it printed before. Any other exit code says less than an error line.
  const isSignal = exitCode !== undefined && exitCode > 128;
  if (byExitCode && (isSignal || (found.size === 0 && (exitCode !== 1 || output.trim() === ''))))
    found.set(byExitCode.row, { ...byExitCode, isFirstError: found.size === 0 });
  const last = rootFirst([...found.values()].slice(-MOST_HINTS).reverse(), output);
  const values = { ...contextValues(context), namespace: namespaces.namespace };
  const hints = last.map(({ row, groups }) =>
    compose(row, { ...values, ...derived(groups, context), ...said(groups) }, '', context),
  );
  // If another error ended the command, the script expected the first one.
  const isCause = last[0] === undefined || last[0].isFirstError;
  return { hints, ...(firstError !== undefined && isCause && { firstError }) };
}

/** The lines that may be errors, each with the one below it. */
function linesOf(output: string): { whole: string; next: string }[] {
  const lines = output
    .slice(-HINT_CHARACTERS)
    .split(/\r?\n/)
    .map((line) => line.slice(0, MAX_LINE));
  const end = lines.findLastIndex((line) => END_OF_OTHER_WORDS.test(line));
  return lines.map((whole, at) => ({ whole, next: lines[at + 1] ?? '' })).slice(end + 1);
}

/** A missing namespace comes before what is missing in it, unless the command has created the namespace since. */
function rootFirst(findings: readonly Finding[], output: string): readonly Finding[] {
  const isMissing = /^(?:resource|helm-release)-not-found$/.test(findings[0]?.row.section ?? '');
  const root = findings.find(({ row }) => row.section === 'namespace-not-found');
  if (!isMissing || root === undefined || output.includes(`namespace/${root.groups['namespace']} created`))
    return findings;
  return [root, ...findings.filter((finding) => finding !== root)];
}

/** What follows from the names in a line. */
function derived(groups: Groups, { cluster, files, command = '' }: Context): Values {
  const { namespace, verb, path } = groups;
  const isReading = /^(?:get|list|watch)$/.test(verb ?? '');
  const role = namespace === undefined ? 'Cluster Admin' : isReading ? 'Reader' : 'Writer';
  return {
    // A permission for all namespaces is missing, whatever namespace the command names.
    ...(verb !== undefined && { namespace: undefined }),
    kubernetesRole: `Azure Kubernetes Service RBAC ${role}`,
    kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
    clusterRole: isReading ? 'view' : 'edit',
    ...(path !== undefined && aboutFile(path, files, command)),
  };
}

/** What is known about a path that was not found. An empty value keeps a line of the template. */
function aboutFile(path: string, files: Context['files'], command: string): Values {
  if (command.includes(`>${path}`) || command.includes(`> ${path}`)) return { written: '' };
  const near = files && nearestPath(path, files);
  if (files?.includes(path.replace(/^(?:\.\/)+/, '')) === true) return { sent: '' };
  if (near !== undefined) return { near, ...(near.endsWith(`/${path.replace(/^\.\//, '')}`) && { kept: '' }) };
  return { missing: '', ...said({ unsent: path }), ...(files?.length === 0 && { nothingSent: '' }) };
}
