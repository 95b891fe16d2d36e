import { stripVTControlCharacters } from 'node:util';
import { endOfOutput } from '../pod/output.ts';
import { known, type Report } from './report.ts';
import { STATES } from './states.ts';

/** The end of the output that an annotation shows. */
const LINES = 10;
const OUTPUT_BYTES = 1200;
/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;

/** The error annotation. */
export type Annotation = {
  readonly title: string;
  /** Foreign text, which the runner's own rules escape. */
  readonly message: string;
  /** Whether all that is to be said fits: else it belongs into the log as well. */
  readonly whole: boolean;
};

/** Why, what is known of the command, what to do, and the last lines of its output. */
export function annotation({ verdict, explanations }: Report): Annotation {
  const { state, exitCode, output } = verdict;
  const title = exitCode === undefined ? STATES[state].title : `Exit code ${exitCode}`;
  const lines = endOfOutput(output?.text ?? '', OUTPUT_BYTES)
    .trimEnd()
    .split('\n')
    .slice(-LINES);
  const [first, ...hints] = explanations;
  const parts = [
    [first?.sentence, known(verdict)].filter(Boolean).join(' '),
    first?.words,
    first?.move,
    lines.join('\n').trim() === '' ? '' : `The last lines of its output:\n${lines.join('\n')}`,
    ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
  ];
  const message = stripVTControlCharacters(parts.filter(Boolean).join('\n\n'));
  const whole = message.length <= MAX_CHARACTERS;
  return { title, message: whole ? message : `${message.slice(0, MAX_CHARACTERS)}…`, whole };
}
