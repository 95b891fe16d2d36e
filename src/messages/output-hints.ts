import { withoutScriptPath } from '../pod/output.ts';
import { endOf, shownStart } from '../text/cut.ts';
import { compose } from './explain.ts';
import type { Message } from './message.ts';
import { lookUp } from './known-causes.ts';
import { EXIT_CODES, OUTPUT } from './output-causes.ts';
import type { Situation } from './values.ts';
import type { Choice, Messages } from './writer.ts';

/**
 * How many bytes of an output are searched for hints: only its end, because a script with `-e` stops
 * at its first failure.
 */
const HINT_BYTES = 256 * 1024;
/** Longer lines are cut, so that no pattern takes long, and at a word, as whatever is shown. */
const MAX_LINE = 2048;
const MAX_HINTS = 3;

/**
 * How kubectl, helm, shells, and the programs that they call begin a line that is an error; they
 * never indent it. Other lines get no hint: a wrong hint is worse than none, and listings and logs
 * are full of the same words.
 */
const STARTS_OF_ERRORS = [
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
  String.raw`(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \((?:grand)?child\))?|tee|touch|wc|wget|xargs|yq): `,
];
const ERROR_LINE = new RegExp(`^(?:${STARTS_OF_ERRORS.join('|')})`);

/**
 * How output ends that is not the command's own: that of tests, or of a program in another
 * container.
 */
const ENDS_OF_OTHER_WORDS = [
  String.raw`FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
  String.raw`=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
  String.raw`\s{0,20}Tests:? +\d|(?:\[(?:ERROR|INFO)\] +)?Tests run: \d`, // jest, vitest, PHPUnit, JUnit, Maven
  String.raw`(?:ℹ|#) fail \d|(?:not )?ok \d`, // node --test, TAP
  String.raw`\s{0,2}\d{1,9} (?:failing|fail)$`, // mocha, Bun
  String.raw`\d{1,9}%? (?:tests?|examples?)\b.{0,40}\b(?:failed|failures?)\b`, // RSpec, Gradle, Robot, CTest
  String.raw`test result: (?:ok|FAILED)\.|FAILED \| \d|(?:Failed|Passed)! +- Failed: `, // cargo, Deno, dotnet test
  String.raw`command terminated with exit code \d`, // kubectl exec
];
const END_OF_OTHER_WORDS = new RegExp(`^(?:${ENDS_OF_OTHER_WORDS.join('|')})`);

/**
 * Errors that go on in a later line, which says more: `from` ends the first line, and `to` begins
 * that one. An object with several problems; `kubectl apply`, which first shows what it wanted to
 * change; hooks of Helm 3.
 */
const CONTINUED = [
  { from: /^The \w+ "[^"]{0,253}" is invalid: ?$/, to: /^\* ?/ },
  {
    from: / (?:retrieving current configuration of|applying patch):$/,
    to: /^(?=(?:from server )?for: )/,
  },
  { from: / errors? occurred:$/, to: /^\t(?=\* )/ },
];
/** How far away that line is. */
const MAX_DETAILS = 8;

/**
 * A stack frame below an error. It shows that the program is neither kubectl nor helm nor a shell.
 */
const STACK_FRAME = /^\s{1,20}at \S/;

/** What a line of any program may say about a failure. */
const LOOKS_LIKE_ERROR =
  /error|fail|fatal|panic|exception|denied|forbidden|unauthorized|refused|can(?:no|')t|unable|not found|no such|missing|invalid|illegal|unknown|unexpected|usage:|timed? ?out|killed|terminated/i;

/** The first line of an output that is known to be an error, and how many lines follow it. */
export type FirstError = { readonly line: string; readonly linesAfter: number };

/** The hint for an error or the exit code, and whether that is the first error of the output. */
type Finding = Choice & { readonly isFirstError: boolean };

/**
 * Finds the hints that the command's own words, or its exit code, justify. The last kind of error
 * in the output comes first, because a script only continues after errors that it expects.
 */
export function readFindings(
  output: string,
  situation: Situation,
  messages: Messages,
): { readonly hints: readonly Message[]; readonly firstError: FirstError | undefined } {
  const { command = '', exitCode } = situation;
  const deletes = DELETES.test(command) || HAS_DELETED.test(output);
  const known = { ...situation, output, deletes };
  const errors = errorsIn(output);

  const found = new Map<string, Finding>();
  for (const [at, { line, isHinted }] of errors.entries()) {
    const hint = isHinted ? lookUp(OUTPUT, { text: line }, known) : undefined;
    if (hint === undefined) continue;
    const earlier = found.get(hint.name);
    // Kinds are in the order of their last lines. Each keeps what its first line captured.
    found.delete(hint.name);
    found.set(hint.name, earlier ?? { ...hint, isFirstError: at === 0 });
  }
  const byExitCode = lookUp(EXIT_CODES, { code: String(exitCode) }, known);
  // The exit code of a program that kubectl exec ran says nothing about this pod.
  const isOfAnother = output.trimEnd().endsWith(`command terminated with exit code ${exitCode}`);
  if (byExitCode !== undefined && !isOfAnother) {
    found.set(byExitCode.name, { ...byExitCode, isFirstError: found.size === 0 });
  }

  const last = [...found.values()].slice(-MAX_HINTS).reverse();
  const isFirst = last[0]?.isFirstError ?? true;
  return {
    hints: last.map((hint) => compose(hint, situation, messages)),
    // If another error ended the command, the script expected the first one.
    firstError: isFirst ? errors[0] : undefined,
  };
}

/** Whether nothing in an output looks like an error, so that it cannot say why a command failed. */
export function showsNoError(output: string): boolean {
  return !LOOKS_LIKE_ERROR.test(endOf(output, HINT_BYTES));
}

/** The lines that are errors, and whether a program that hints know about can have written them. */
function errorsIn(output: string): (FirstError & { isHinted: boolean })[] {
  const lines = endOf(output.trimEnd(), HINT_BYTES)
    .split(/\r?\n/)
    .map((line) => shownStart(line, MAX_LINE));
  const end = lines.findLastIndex((line) => END_OF_OTHER_WORDS.test(line));
  const errors: ReturnType<typeof errorsIn> = [];
  for (const [at, line] of lines.entries()) {
    if (at <= end || !ERROR_LINE.test(line)) continue;
    const rest = lines.slice(at + 1);
    const more = continuationOf(line, rest);
    const whole = more === undefined ? line : `${line.trimEnd()} ${more.text}`;
    errors.push({
      line: withoutScriptPath(whole),
      isHinted: !STACK_FRAME.test(rest[0] ?? ''),
      linesAfter: rest.length - (more?.lines ?? 0),
    });
  }
  return errors;
}

/** How an error goes on, if it does, and how many lines that takes. */
function continuationOf(line: string, rest: readonly string[]) {
  const to = CONTINUED.find(({ from }) => from.test(line))?.to;
  const last = rest.slice(0, MAX_DETAILS).find((other) => to?.test(other));
  if (to === undefined || last === undefined) return undefined;
  return { text: last.replace(to, ''), lines: rest.indexOf(last) + 1 };
}

/** Commands that wait for the end of something, as `kubectl wait --for=delete` does. */
const DELETES = /\b(?:delete|uninstall)\b/;
/** What kubectl prints before it waits for that. */
const HAS_DELETED = /^\S{1,253} "[^"]{1,253}" (?:force )?deleted\b/m;
