import type { Advice, FilesProblem } from '../../failure.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { code, item, list, message, say, type Content, type Part, type Prose } from '../message.ts';
import type { Known } from './known.ts';
import { smaller } from './remedies.ts';
import type { Failures } from './row.ts';

type Problem<Kind extends FilesProblem['kind']> = Extract<FilesProblem, { kind: Kind }>;

/** What each problem with a file or a pattern says. */
const FILE_PROBLEMS: {
  readonly [Kind in FilesProblem['kind']]: (problem: Problem<Kind>, known: Known) => Content;
} = {
  'no-match': ({ advice, patterns }, { input, inputs, place }) => {
    const isWorkflow = place === 'workflow';
    const empty = isWorkflow
      ? say`The workspace is empty. Check out the repository in an earlier step: ${code('actions/checkout')}.`
      : say`The current folder is empty.`;
    return [
      say`No files were found for ${list(patterns.map((pattern) => JSON.stringify(pattern)))}.`,
      advice.emptyFolder === '' && empty,
      advice.emptyFolder ? say`The folder ${advice.emptyFolder} is empty.` : undefined,
      ...advice.hints.map(adviceProse),
      isWorkflow
        ? say`Check the path below ${input('working-directory')}, and that an earlier step creates the files (${code('actions/checkout')}).`
        : say`Check the path below the current folder or ${input('working-directory')}.`,
      say`Dotfiles need ${input('include-hidden-files')} or a pattern that spells out the dot. If the files are optional:`,
      inputs({ 'if-no-files-found': 'warn' }),
    ];
  },
  'invalid-pattern': ({ path, detail }, { input }) => [
    say`The files pattern ${path} cannot be used: ${detail}.`,
    say`Patterns are relative to ${input('working-directory')} and cannot leave it. To send files from elsewhere, set ${input('working-directory')}.`,
  ],
  'slow-pattern': ({ path, limit }) => [
    say`The files pattern ${path} takes too long to match.`,
    say`All patterns together have ${limit} seconds, and this one took the most. Use fewer * in a name and fewer alternatives in braces, or list only the folders that the command needs.`,
  ],
  'working-directory-outside': ({ path }, { input, place, words }) => [
    say`The ${input('working-directory')} ${path} is outside ${words.workspace}.`,
    place === 'workflow' &&
      say`Only files in the workspace or below RUNNER_TEMP can be sent. Copy the files there in an earlier step.`,
  ],
  'working-directory-missing': ({ path }, { input, place }) => [
    say`The ${input('working-directory')} ${path} does not exist or is not a folder.`,
    place === 'workflow'
      ? say`It is relative to the workspace. An earlier step must create it, such as actions/checkout or a step that renders manifests.`
      : say`It is relative to the current folder.`,
  ],
  'working-directory-git': ({ path }, { input }) => [
    say`The ${input('working-directory')} ${path} is inside .git.`,
    say`Git may keep a token there, so it is not sent. Set ${input('working-directory')} to the folder with your files.`,
  ],
  'too-many': ({ path, limit }) => [
    say`There are more than ${formatCount(limit)} files to search or send in ${path}.`,
    say`List the folders that the command needs instead of their parent. Symbolic links between folders multiply the files.`,
  ],
  'unsafe-name': ({ path }, { exclusion }) => [
    say`Some unzip programs would change the name of the file ${path}.`,
    say`It could then replace another file in the pod. Names must be UTF-8, and cannot contain control characters or backslashes, or end with a version such as ;1. Rename the file, or exclude it with ${exclusion}.`,
  ],
  swapped: ({ path }, { words }) => [
    say`The file ${path} was replaced while it was being read.`,
    say`Another process writes to ${words.workspace}. Wait for it to finish first.`,
  ],
  outside: ({ path, target }, { exclusion, words }) => [
    say`The file ${path} leads out of ${words.workspace}, to ${target}.`,
    say`Links out of ${words.workspace} are not followed. Exclude it with ${exclusion}, or copy the file into ${words.workspace} first.`,
  ],
  'broken-link': ({ path }, { exclusion }) => [
    say`The symbolic link ${path} points to nothing.`,
    say`Fix it, or exclude it with ${exclusion}.`,
  ],
  'link-cycle': ({ path }, { exclusion }) => [
    say`The symbolic link ${path} leads back to a folder that contains it.`,
    say`Exclude it with ${exclusion}.`,
  ],
  unreadable: ({ path }, { exclusion }) => [
    say`The file ${path} cannot be read.`,
    say`Check its permissions. A container may have created it as root. If it is a file, you can exclude it with ${exclusion}. If it is a folder, list only the folders that the command needs.`,
  ],
  'not-a-file': ({ path }, { exclusion }) => [
    say`${path} is neither a file nor a folder.`,
    say`Sockets, pipes, and devices cannot be sent. Exclude it with ${exclusion}.`,
  ],
  'own-folder': ({ path }, { exclusion, words }) => [
    say`The file ${path} is in a folder that is reserved for ${words.action}.`,
    say`Rename the folder .aks-run-command, or exclude it with ${exclusion}.`,
  ],
};

function adviceProse(advice: Advice): Prose {
  const parts = advice.map((part): Part =>
    typeof part === 'string' ? part : { kind: 'value', text: part.name },
  );
  return { kind: 'prose', parts };
}

export const INPUT_FAILURES = {
  'invalid-inputs': ({ problems }, { place }) => {
    const names = namesOf(problems);
    const [sentence, title] =
      place === 'workflow'
        ? [
            say`Inputs of the step are missing or invalid.`,
            say`inputs missing or invalid: ${names}`,
          ]
        : [say`Options are missing or invalid.`, say`options missing or invalid: ${names}`];
    const items = problems.map((problem) => item(say`${problem}`));
    return message('invalid-inputs', [sentence, ...items], { title });
  },
  files: ({ problem }, known) => {
    const { kind } = problem;
    const write = FILE_PROBLEMS[kind] as (problem: FilesProblem, known: Known) => Content;
    return message(sectionOf(kind), write(problem, known));
  },
  'too-large': ({ packed, bytes, limit, biggest }, known) => {
    const size = exactSize(bytes);
    const most = exactSize(limit);
    return packed
      ? message('too-large', [
          say`The request would take ${size}, but Azure accepts at most ${most}.`,
          ...smaller(known, biggest),
        ])
      : message('files-too-large', [
          say`The files take ${size}, but ${known.words.action} packs at most ${most}.`,
          ...smaller(known, biggest),
        ]);
  },
} satisfies Partial<Failures>;

type WorkingDirectory = Extract<FilesProblem['kind'], `working-directory-${string}`>;
type Section = WorkingDirectory | `files-${Exclude<FilesProblem['kind'], WorkingDirectory>}`;

function sectionOf(kind: FilesProblem['kind']): Section {
  switch (kind) {
    case 'working-directory-outside':
    case 'working-directory-missing':
    case 'working-directory-git':
      return kind;
    default:
      return `files-${kind}`;
  }
}

/** The inputs that the problems begin with. These names are ours. */
function namesOf(problems: readonly string[]): Prose {
  const names = [...new Set(problems.flatMap((problem) => problem.split(/[ :]/, 1)))];
  return names.length > 3 ? say`${list(names.slice(0, 3))}, …` : list(names);
}

function exactSize(bytes: number): string {
  return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}
