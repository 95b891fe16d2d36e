import { readFileCommand, type Assignment } from '../text/file-command.ts';
import { say } from '../text/say.ts';

/**
 * Everything in a file that may be a value and has to be masked, however malformed or cut off the
 * file is. A line that is not an assignment counts as another line of the previous value.
 */
export function arrivedAssignments(text: string): Assignment[] {
  const { assignments, bare, unclosed } = readFileCommand(text);
  const named = [...assignments, ...unclosed];
  const nameless = bare.map(({ text: value, line }) => ({ name: undefined, value, line }));
  const inOrder = [...named, ...nameless].sort((a, b) => a.line - b.line);

  const arrived: Assignment[] = [];
  let previous = '';
  for (const { name = previous, value, line } of inOrder) {
    arrived.push({ name, value, line });
    previous = name;
  }
  return arrived;
}

const NO_ASSIGNMENT = say`is neither ${'NAME=value'} nor ${'NAME<<DELIMITER'}`;

/**
 * Reads `$GITHUB_OUTPUT`: all assignments in order, and the first malformed line, which invalidates
 * the file.
 */
export function parseStepOutputs(text: string) {
  const { assignments, bare, malformed } = readFileCommand(text);
  const problems = [...malformed, ...bare.map(({ line }) => ({ line, problem: NO_ASSIGNMENT }))];
  return { assignments, malformed: problems.sort((a, b) => a.line - b.line)[0] };
}
