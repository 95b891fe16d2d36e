import type { Failure, FailureCode } from '../../failure.ts';
import type { State } from '../../verdict.ts';
import type { Context } from './context.ts';
import type { Values } from './paste.ts';

/** What is said about a failure. `sentence`, `title`, and `move` are templates for `fill`. */
export type Text = {
  /** The anchor in docs/TROUBLESHOOTING.md, whose heading there is the sentence. */
  readonly section: string;
  readonly sentence: string;
  /** The cause in a headline, if the sentence is too long for one: no capital, no full stop. */
  readonly title?: string;
  /** The next move; empty if there is none. */
  readonly move: string;
};

/** Who wrote the words that a row is known by. */
type Service = 'entra' | 'session' | 'network' | 'arm' | 'submission' | 'aks' | 'action' | 'output' | 'exit';

/** What identifies a failure. Everything that is given must hold. */
export type Match = {
  readonly service: Service;
  /** Any of these codes of the service. */
  readonly codes?: readonly string[];
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number;
  /** Words in the service's message, or in one line of the output. */
  readonly words?: RegExp;
  readonly exitCode?: number;
  readonly state?: State;
  /** Not for a command that ever, or always, passes a namespace to kubectl and helm. */
  readonly unlessNamespace?: 'ever' | 'always';
};

/** A failure that more is known about than that it happened. */
export type Row = Text & { readonly match: Match };

/** A text: its sentence, then the lines of its next move. */
export function text(section: string, [sentence, ...move]: readonly [string, ...string[]]): Text {
  return { section, sentence, move: move.join('\n') };
}

/** Makes the rows of one service: the section, what the row is known by, and its text. */
export function rowsOf(service: Service) {
  return (section: string, match: Omit<Match, 'service'>, lines: readonly [string, ...string[]]): Row => ({
    ...text(section, lines),
    match: { service, ...match },
  });
}

/** What a failure shows of itself, to look it up by. */
export type Signs = Omit<Match, 'codes' | 'words' | 'unlessNamespace' | 'exitCode' | 'state'> & {
  readonly code?: string;
  readonly text?: string;
  readonly exitCode?: number | undefined;
  readonly state?: State | undefined;
  readonly namespaces?: readonly ('ever' | 'always')[];
};

/** The named groups of a row's words, as values of its templates. Foreign text. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** Whether a row is about what shows these signs. If so, what its words name. */
export function fits({ words, ...match }: Match, signs: Signs): Groups | undefined {
  const fitting =
    match.service === signs.service &&
    (match.codes === undefined || (signs.code !== undefined && match.codes.includes(signs.code))) &&
    (match.status === undefined || match.status === signs.status) &&
    (match.exitCode === undefined || match.exitCode === signs.exitCode) &&
    (match.state === undefined || match.state === signs.state) &&
    (match.unlessNamespace === undefined || signs.namespaces?.includes(match.unlessNamespace) !== true);
  if (!fitting) return undefined;
  if (words === undefined) return {};
  const found = words.exec(signs.text ?? '');
  return found ? (found.groups ?? {}) : undefined;
}

/** What one failure adds to the text of its code. */
export type Details = {
  /** A text that says more than the code's own, */
  readonly text?: Text;
  /** or what to look such a text up by. */
  readonly signs?: Signs;
  readonly values?: Values;
  /** The service's own words; foreign text. */
  readonly words?: string;
};

/** The text for a failure, whose section is the code unless it says otherwise, and what is read from one such failure. */
export type Entry<Code extends FailureCode> = Omit<Text, 'section'> & {
  readonly section?: string;
  readonly read?: (failure: Failure<Code>, context: Context) => Details;
};

/** One entry for each code, so that the compiler notices a code without one. */
export type Entries<Codes extends FailureCode> = { readonly [Code in Codes]: Entry<Code> };
