import type { Failure, FailureCode } from '../../failure.ts';
import type { State } from '../../verdict.ts';
import type { Context } from './context.ts';
import type { Values } from './paste.ts';

/**
 * What is known of a failure, as data. `sentence` and `move` are templates for `fill`: what follows `$ ` is for a shell,
 * what follows `| ` is YAML.
 */
export type Text = {
  /** Anchor in docs/TROUBLESHOOTING.md, whose heading there is the sentence. */
  readonly section: string;
  readonly sentence: string;
  /** The cause in a headline, where the sentence is too long for one: no capital, no full stop. */
  readonly title?: string;
  /** Empty where there is none. */
  readonly move: string;
};

/** Who said what a row is known by. */
type Service = 'entra' | 'session' | 'network' | 'arm' | 'submission' | 'aks' | 'action' | 'output' | 'exit';

/** What identifies a failure: everything that is given must hold. */
export type Match = {
  readonly service: Service;
  /** The service's own codes, any of them. */
  readonly codes?: readonly string[];
  /** The HTTP status; 0 where there was no answer. */
  readonly status?: number;
  /** Words in the service's message, or in one line of the output. */
  readonly words?: RegExp;
  readonly exitCode?: number;
  readonly state?: State;
};

/** A failure of which more is known than that it happened. */
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

/** What a failure shows of itself, to be looked up. */
export type Signs = {
  readonly service: Service;
  readonly code?: string;
  readonly status?: number;
  readonly text?: string;
  readonly exitCode?: number | undefined;
  readonly state?: State | undefined;
};

/** The named groups of a row's words, as values of its templates. Foreign text. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** Whether a row is about what shows these signs: then what its words name. */
export function fits({ service, codes, status, words, exitCode, state }: Match, signs: Signs): Groups | undefined {
  const fitting =
    service === signs.service &&
    (codes === undefined || (signs.code !== undefined && codes.includes(signs.code))) &&
    (status === undefined || status === signs.status) &&
    (exitCode === undefined || exitCode === signs.exitCode) &&
    (state === undefined || state === signs.state);
  if (!fitting) return undefined;
  if (words === undefined) return {};
  const found = words.exec(signs.text ?? '');
  return found ? (found.groups ?? {}) : undefined;
}

/** What one failure adds to the text of its code. */
export type Details = {
  /** A text that says more than the code's own. */
  readonly text?: Text;
  /** Or what to look such a text up by. */
  readonly signs?: Signs;
  readonly values?: Values;
  /** The service's own words; foreign text. */
  readonly words?: string;
};

/** A failure's text, whose section is the code unless it says otherwise, and what is read from one such failure. */
export type Entry<Code extends FailureCode> = Omit<Text, 'section'> & {
  readonly section?: string;
  readonly read?: (failure: Failure<Code>, context: Context) => Details;
};

/** One entry for each code, so that the compiler lets none be forgotten. */
export type Entries<Codes extends FailureCode> = { readonly [Code in Codes]: Entry<Code> };
