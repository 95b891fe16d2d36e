import { durationSeconds, type CommandId } from '../azure/command-result.ts';
import { messageOf } from '../failure.ts';
import type { Host, OutputValue } from '../hosts/port.ts';
import { endOf, shownStart } from '../text/cut.ts';
import { say, type Text } from '../text/say.ts';
import { partsAlwaysShown } from '../text/visible.ts';
import type { Message } from '../messages/message.ts';
import type { Report } from './report.ts';

/** The runner ends a line at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;

/**
 * Masks the values of named step outputs line by line. The runner would mask every line of a whole
 * value, however short, and a brace, or a word like "no", would then be hidden everywhere in the
 * log. Reports show a line without its byte order mark or colors, so its parts are masked, too.
 */
export function maskOutputs(
  { arrived, state }: Report['verdict'],
  names: readonly string[],
  host: Host,
): void {
  const texts = new Set<string>();
  const missing: string[] = [];
  for (const name of names) {
    const entries = arrived.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (entries.length === 0) missing.push(name);
    for (const { value } of entries) {
      for (const line of value.split(LINE_END)) {
        for (const part of [line, ...partsAlwaysShown(line)]) texts.add(part);
      }
    }
  }
  for (const text of texts) {
    if (text.trim().length >= 3) host.mask(text);
  }
  if (state !== 'succeeded') return;
  for (const name of missing) {
    const warning = say`
      ${'mask-outputs'} names ${name}, but the command wrote no step output with that name.
    `;
    host.log.warn(warning);
  }
}

/**
 * The limit of the output `output`, in bytes: an environment variable of a later step cannot hold
 * 128 KiB.
 */
export const OUTPUT_LIMIT = 96 * 1024;

/**
 * Sets all outputs, the small ones first: on a full disk, a later step still learns the state. The
 * file with the whole output comes last, so that it takes no space from what the step promises.
 *
 * @returns what went wrong first if the runner's file cannot be written
 */
export function setOutputs(report: Report, host: Host): string | undefined {
  const problems: string[] = [];
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  const set = (name: string, value: OutputValue) => {
    attempt(() => {
      host.setOutput(name, value);
    });
  };
  const { verdict, output } = report;
  const small = smallOutputs(report);
  const reserved = new Set([...Object.keys(small), 'output', 'output-file']);

  for (const [name, value] of Object.entries(small)) set(name, value);
  for (const { name, value } of verdict.stepOutputs) {
    const problem = problemWith(name, value, reserved);
    if (problem !== undefined) {
      host.log.warn(problem);
      continue;
    }
    attempt(() => {
      host.setStepOutput(name, value);
    });
  }
  set('output', endOf(output?.text ?? '', OUTPUT_LIMIT));
  set('output-file', output ? keepOutput(output.text, host) : '');
  return problems[0];
}

/** The outputs that action.yml declares, except `output` and `output-file`. */
function smallOutputs({ verdict, output, cause }: Report): Record<string, OutputValue> {
  return {
    state: verdict.state,
    'exit-code': verdict.exitCode ?? null,
    'output-truncated': output?.truncated ?? false,
    collected: verdict.collected?.folder ?? '',
    'command-id': verdict.commandId ?? '',
    reason: cause ? reasonOf(cause) : '',
    'started-at': verdict.startedAt ?? '',
    'finished-at': verdict.finishedAt ?? '',
    duration: durationSeconds(verdict) ?? null,
  };
}

/**
 * Why an output of the command is ignored: its name is reserved, or the runner could not read it
 * back (FileCommandManager.cs): `NAME<<DELIMITER` ends the name at the first `<<`, so a name that
 * ends in `<` needs `NAME=value`, which is one line.
 */
function problemWith(name: string, value: string, reserved: ReadonlySet<string>): Text | undefined {
  const ignored = (why: Text) =>
    say`The command wrote a step output named ${name}. ${why}, so the output was ignored.`;
  // The runner's table of outputs ignores letter case, perhaps also that of `ſ`, an old form of s.
  // Its lower case is `ſ` itself, and its upper case is S.
  if (reserved.has(name.toUpperCase().toLowerCase())) return ignored(say`That name is reserved`);
  if (name.endsWith('<') && LINE_END.test(value)) {
    return ignored(say`The runner cannot read a multiline value for such a name`);
  }
  return undefined;
}

/** An error's text, and names in the line, may have any length. */
const MAX_REASON = 4000;

/**
 * The line and the error's own words. A workflow may paste it into a script, where backticks would
 * run what is between them.
 */
function reasonOf({ line, errorText }: Message): string {
  const sentence = say`${line}.`.plain;
  const words = errorText.replaceAll('`', "'");
  return shownStart(words === '' ? sentence : `${sentence} ${words}`, MAX_REASON);
}

/** Sets the ID as soon as it is known, so that even a step that is killed leaves it behind. */
export function setCommandId(id: CommandId, host: Host): void {
  try {
    host.setOutput('command-id', id);
  } catch (error) {
    // The report sets it again. If that fails, the step fails.
    host.log.debug(`The output command-id cannot be written: ${messageOf(error)}`);
  }
}

/** A full disk must not hide the verdict. */
function keepOutput(text: string, host: Host): string {
  try {
    return host.keepOutput(text);
  } catch (error) {
    const warning = say`The output could not be written to a file: ${messageOf(error)}`;
    host.log.warn(warning);
    return '';
  }
}
