import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FeatureFlags } from '@actions/expressions/features';
import type { validate as Validate } from '@actions/languageservice';
import type { ActionMetadata } from '@actions/languageservice/action';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parse,
  parseDocument,
  visit,
} from 'yaml';
import { field } from '../../src/text/json.ts';
import { nearestName } from '../../src/text/nearest.ts';

/** GitHub's own language service, which its extensions for editors show. */

export type Finding = {
  /** `LINE:COLUMN: MESSAGE` */
  readonly text: string;
  /** Whether GitHub refuses the workflow. If not, something only looks wrong. */
  readonly isError: boolean;
};

/** What the service gets to know about the repository of a workflow. */
export type Repository = {
  readonly folder: string;
  /** Actions by their `uses`. Nothing is said about the inputs of others. */
  readonly actions: ReadonlyMap<string, ActionMetadata>;
};

/**
 * What the service finds in a workflow.
 *
 * @throws Error if the service fails, because nobody knows what it would have found
 */
export async function findingsIn(workflow: string, repository: Repository): Promise<Finding[]> {
  const { diagnosticsOf } = await import('./diagnostics.ts');
  // The service remembers a document by its name.
  documents += 1;
  const name = `file:///${documents}.yml`;
  const document = TextDocument.create(name, 'yaml', 1, readable(workflow, repository));
  const found = await diagnosticsOf(document, {
    // A line break at the end of a value is no mistake.
    featureFlags: new FeatureFlags({ all: true, blockScalarChompingWarning: false }),
    actionsMetadataProvider: {
      fetchActionMetadata({ owner, name, path: below, ref }) {
        const uses = `${[owner, name, below].filter(Boolean).join('/')}@${ref}`;
        return Promise.resolve(repository.actions.get(uses) ?? UNKNOWN);
      },
    },
    fileProvider: {
      async getFileContent(file) {
        if ('repository' in file) throw new Error('Other repositories are not read');
        const content = await readFile(path.join(repository.folder, file.path), 'utf8');
        return { name: file.path, content };
      },
    },
  });
  const known = found.filter(
    ({ message, range }) => message !== NOT_READ || !document.getText(range).includes('@'),
  );
  const unread = idsInParallel(workflow).map((id) => `Context access might be invalid: ${id}`);
  const right = known.filter(({ message }) => !unread.includes(textOf(message)));
  const advice = adviceIn(workflow, repository);
  const findings = right.map((diagnostic) => findingOf(diagnostic, advice));
  return [...findings, ...valuesOfWaitAll(workflow)];
}

/** What the service finds in an action.yml. */
export async function findingsInAction(action: string): Promise<Finding[]> {
  const { diagnosticsOf } = await import('./diagnostics.ts');
  documents += 1;
  const name = `file:///${documents}/action.yml`;
  const found = await diagnosticsOf(TextDocument.create(name, 'yaml', 1, action), {});
  return found.map((diagnostic) => findingOf(diagnostic));
}

type Diagnostic = Awaited<ReturnType<typeof Validate>>[number];

/** What to do about a message at a place, `LINE:COLUMN`. */
type Advice = (message: string, place: string) => string | undefined;

function findingOf(
  { message, severity, range: { start } }: Diagnostic,
  advice: Advice = () => undefined,
): Finding {
  const place = `${start.line + 1}:${start.character + 1}`;
  const text = textOf(message);
  const more = advice(text, place);
  return {
    text: `${place}: ${more === undefined ? text : `${text}. ${more}`}`,
    isError: severity !== WARNING,
  };
}

/** What to do about an input that the action does not have, or that is no text. */
function adviceIn(workflow: string, { actions }: Repository): Advice {
  const names = namesOf(actions);
  const structures = structuresInWith(workflow);
  return (message, place) => {
    const [, unknown] = /^Invalid action input '(.*)'$/.exec(message) ?? [];
    if (unknown === undefined) return structures.get(place);
    const near = nearestName(unknown, names);
    return near === undefined ? `Its inputs are ${names.join(', ')}` : `Did you mean ${near}?`;
  };
}

/** What to write instead of lists and maps as inputs, by their places. */
function structuresInWith(workflow: string): ReadonlyMap<string, string> {
  const lines = new LineCounter();
  const advice = new Map<string, string>();
  visit(parseDocument(workflow, { lineCounter: lines }), {
    Pair(_key, { key, value }, path) {
      const above = path.at(-2);
      if (!isPair(above) || !isScalar(above.key) || above.key.value !== 'with') return;
      if (!isScalar(key) || !isCollection(value)) return;
      const { line, col } = lines.linePos(value.range?.[0] ?? 0);
      const one = isMap(value) ? 'NAME=value' : 'value';
      const text = `An input is text: write ${String(key.value)}: | and, below it, one ${one} per line`;
      advice.set(`${line}:${col}`, text);
    },
  });
  return advice;
}

const textOf = (message: string | { readonly value: string }) =>
  typeof message === 'string' ? message : message.value;

let documents = 0;

/** `DiagnosticSeverity.Warning` of the language server protocol. Some errors have no severity. */
const WARNING = 2;

/** True of a workflow in the checkout. That of another repository, with its `@`, is not read. */
const NOT_READ = 'Unable to find reusable workflow';

const UNKNOWN: ActionMetadata = { name: '', description: '' };

/** An action.yml, as far as the service reads it. */
export async function readMetadata(file: string): Promise<ActionMetadata> {
  const action: unknown = parse(await readFile(file, 'utf8'));
  const inputs = Object.entries(field(action, 'inputs') ?? {}).map(([name, input]) => {
    const usual = field(input, 'default');
    const required = field(input, 'required') === true;
    const isOptional = !required || usual !== undefined;
    return [name, { description: '', required: !isOptional }] as const;
  });
  return { ...UNKNOWN, inputs: Object.fromEntries(inputs) };
}

/**
 * A workflow as the service must read it to judge as GitHub does, with each character in its place.
 * The runner ignores the letter case of an input's name. And the service looks only into `$/path`,
 * because nobody knows what is in `./path` when the job runs.
 */
function readable(workflow: string, { actions }: Repository): string {
  const names = new Set(namesOf(actions));
  const lowered = workflow.replaceAll(/^ +[\w-]+(?=:)/gm, (key) =>
    names.has(key.trim().toLowerCase()) ? key.toLowerCase() : key,
  );
  const copies = [...actions.keys()].filter((uses) => uses.startsWith('./') && uses !== './');
  return copies.reduce((text, uses) => text.replaceAll(uses, uses.replace('.', '$$')), lowered);
}

/** The names of the inputs of actions. */
function namesOf(actions: Repository['actions']): readonly string[] {
  const names = [...actions.values()].flatMap(({ inputs = {} }) => Object.keys(inputs));
  return [...new Set(names)];
}

/** The IDs of steps in a `parallel`, which the service does not read. */
function idsInParallel(workflow: string): string[] {
  const ids: string[] = [];
  visit(parseDocument(workflow), {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.value !== 'parallel' || !isSeq(value)) return;
      for (const step of value.items) if (isMap(step)) ids.push(String(step.get('id')));
    },
  });
  return ids;
}

/** GitHub's reference says that `wait-all` takes no value, but the service accepts `true`. */
function valuesOfWaitAll(workflow: string): Finding[] {
  const lines = new LineCounter();
  const findings: Finding[] = [];
  visit(parseDocument(workflow, { lineCounter: lines }), {
    Map(_key, map) {
      const value: unknown = map.get('wait-all', true);
      if (!isMap(map) || !isScalar(value) || value.value === null) return;
      const { line, col } = lines.linePos(value.range?.[0] ?? 0);
      findings.push({ text: `${line}:${col}: wait-all takes no value`, isError: true });
    },
  });
  return findings;
}
