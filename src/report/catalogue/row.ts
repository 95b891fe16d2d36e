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
  /** Empty where there is none. */
  readonly move: string;
};

/** Who said what a row is known by. */
type Service = 'entra' | 'session' | 'arm' | 'aks' | 'action' | 'output';

/** What identifies a failure: everything that is given must hold. */
type Match = {
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

/** What a failure shows of itself, to be looked up. */
export type Signs = {
  readonly service: Service;
  readonly code?: string;
  readonly status?: number;
  readonly text?: string;
  readonly exitCode?: number;
  readonly state?: State | undefined;
};

/** Whether a row is about what shows these signs. */
export function fits({ service, codes, status, words, exitCode, state }: Match, signs: Signs): boolean {
  return (
    service === signs.service &&
    (codes === undefined || (signs.code !== undefined && codes.includes(signs.code))) &&
    (status === undefined || status === signs.status) &&
    (words === undefined || words.test(signs.text ?? '')) &&
    (exitCode === undefined || exitCode === signs.exitCode) &&
    (state === undefined || state === signs.state)
  );
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

/** A failure's text, and what is read from one such failure. */
export type Entry<Code extends FailureCode> = Text & {
  readonly read?: (failure: Failure<Code>, context: Context) => Details;
};

/** One entry for each code, so that the compiler lets none be forgotten. */
export type Entries<Codes extends FailureCode> = { readonly [Code in Codes]: Entry<Code> };
