import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { parse } from 'yaml';
import { OPTIONS } from '../../../src/hosts/terminal/options.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { markdownBlocks } from '../../../src/report/blocks.ts';
import type { Message } from '../../../src/messages/message.ts';
import { sh } from '../../../src/messages/paste.ts';
import { NOTHING_KNOWN, valuesOf } from '../../../src/messages/values.ts';
import { writeMessage, type Values } from '../../../src/messages/writer.ts';
import { quote } from '../../../src/text/quote.ts';
import { say } from '../../../src/text/say.ts';
import { visible } from '../../../src/text/visible.ts';
import { commandsOf, problemsOf, type Command } from '../../docs/commands.ts';
import { expectGolden } from '../../support/golden.ts';
import { HOSTILE_MARKDOWN } from '../../support/hostile.ts';
import { patternOf } from '../../support/said.ts';
import { unreadableScripts } from '../../support/shell-scripts.ts';
import { needing } from '../../support/tools.ts';
import { KNOWN_CAUSES, MARKDOWN, MESSAGES } from './all-messages.ts';
import { azArguments } from './az-arguments.ts';
import { PROVOCATIONS } from './provocations.ts';
import { shown } from './shown.ts';

/** What untrusted values begin with. */
const CANARY = 'CANARY';

const EXPLAINED = PROVOCATIONS.map(({ name, when }) => ({ name, message: when() }));

describe('src/messages/messages.md', () => {
  const fragments = [...MESSAGES.templates.keys()].filter((name) => name.startsWith('@'));

  /** What a section says, in a workflow and at a prompt. */
  const renderings = Map.groupBy(
    PROVOCATIONS.flatMap(({ when }) => [when(WORKFLOW), when(PROMPT)]),
    ({ name }) => name,
  );

  test('has one section of each name', () => {
    const headings = MARKDOWN.match(/^## \S+/gm) ?? [];
    expect(headings.length).toBe(MESSAGES.templates.size);
  });

  test('has a section for each known cause, and each is reached by an entry in provocations.ts', () => {
    const sections = [...MESSAGES.templates.keys()].filter((name) => !name.startsWith('@'));
    expect(sections.filter((name) => !renderings.has(name))).toEqual([]);
    const known = KNOWN_CAUSES.map(({ name }) => name);
    expect(known.filter((name) => !renderings.has(name))).toEqual([]);
  });

  test('uses each fragment', () => {
    const used = MARKDOWN.match(/^(?:\[!?\w+\] )?@\S+$/gm)?.map((use) =>
      use.replace(/^\[.+\] /, ''),
    );
    expect(new Set(used)).toEqual(new Set(fragments));
  });

  test('uses each value', () => {
    const used = new Set([...namesIn(/\{([a-z]\w*)\}/gi), ...namesIn(/\[!?(\w+)\] /g)]);
    expect(Object.keys(valuesOf(NOTHING_KNOWN)).filter((name) => !used.has(name))).toEqual([]);
  });

  test('has no line to paste of one kind among lines of another', () => {
    const marks = MARKDOWN.match(
      /^ {4}(?:\[!?\w+\] )?([$>]) .*\n {4}(?:\[!?\w+\] )?(?!\1 |\[).*/gm,
    );
    expect(marks).toBeNull();
  });

  test.each([...MESSAGES.templates.keys()])(
    '%s: each part appears, and each condition matters',
    (name) => {
      const texts = usersOf(name).flatMap((user) => (renderings.get(user) ?? []).map(wholeOf));
      const parts = MESSAGES.templates.get(name)?.paragraphs.flatMap(({ parts }) => parts) ?? [];
      for (const { condition, text } of parts) {
        const patterns = textsOf(text).map(wholeLine);
        const shows = texts.map((whole) => patterns.some((pattern) => pattern.test(whole)));
        expect([text, shows.includes(true)]).toEqual([text, true]);
        if (condition !== undefined) expect([text, shows.includes(false)]).toEqual([text, true]);
      }
    },
  );

  test('says cannot, is not, does not', () => {
    const prose = MARKDOWN.replaceAll(/^ {4}.*|`[^`]*`/gm, '');
    expect(prose.match(/\b\w+n't\b/g)).toBeNull();
  });

  test('a line has no period, and other sentences have one', () => {
    const sections = [...MESSAGES.templates].filter(([name]) => !name.startsWith('@'));
    const lines = sections.flatMap(([, { paragraphs }]) => paragraphs[0]?.parts ?? []);
    const isSentence = ({ text }: { text: string }) => /[.:?]$/.test(text);
    expect(lines.filter(isSentence)).toEqual([]);

    const others = [...MESSAGES.templates].flatMap(([name, { paragraphs }]) =>
      paragraphs.slice(name.startsWith('@') ? 0 : 1),
    );
    const sentences = others
      .flatMap(({ kind, parts }) => (kind === 'text' ? parts : []))
      .filter(({ text }) => !/^@|^\{\w+\}$|^Outcome:$/.test(text));
    expect(sentences.filter((part) => !isSentence(part))).toEqual([]);
  });

  describe('whatever a value is, it stays what its place makes of it', () => {
    const names = namesIn(/\{([a-z]\w*)\}/gi);
    const conditions = namesIn(/\[!?(\w+)\] /g).filter((name) => !names.includes(name));
    const sections = [...MESSAGES.templates.keys()].filter((name) => !name.startsWith('@'));

    test.each(sections)('%s', (name) => {
      const isTrue = fc.boolean();
      fc.assert(
        fc.property(HOSTILE_MARKDOWN, isTrue, isTrue, (text, holds, workflow) => {
          const value = CANARY + text;
          const words = workflow ? WORKFLOW : PROMPT;
          const values = Object.fromEntries([
            ...names.map((name) => [name, value]),
            ...conditions.map((name) => [name, holds]),
          ]) as Values;
          // What a sentence begins with, and a part of a command, are never untrusted.
          const { action, runner, rerun, debug, workspace } = words;
          const ours = { action, runner, rerun, debug, workspace, inputs: say`inputs` };
          const parts = { onCluster: sh`-n ${value}`, runHere: sh`x ${value}` };
          const message = writeMessage(name, {
            values: { ...values, ...ours, ...parts, workflow, prompt: !workflow },
            words,
            messages: MESSAGES,
          });
          expect(untrustedIn(message, value)).toEqual([]);
        }),
        { numRuns: 20 },
      );
    });
  });

  /** A text, or those of a fragment. */
  function textsOf(text: string): readonly string[] {
    const fragment = MESSAGES.templates.get(text)?.paragraphs.flatMap(({ parts }) => parts);
    return fragment?.flatMap((part) => textsOf(part.text)) ?? [text];
  }

  /** The messages that have a section, or that use a fragment, perhaps in another. */
  function usersOf(name: string): readonly string[] {
    if (!name.startsWith('@')) return [name];
    return [...MESSAGES.templates].flatMap(([user, { paragraphs }]) =>
      paragraphs.some(({ parts }) => parts.some(({ text }) => text === name)) ? usersOf(user) : [],
    );
  }
});

function wholeOf(message: Message): string {
  const { line, outcome, remedy } = shown(message);
  return `${line}\n${outcome}\n${unbroken(remedy)}`;
}

/** Commands that are too wide for one line, on one line. */
function unbroken(text: string): string {
  return text.replaceAll(/ \\\n +/g, ' ');
}

/** The names that a pattern finds in the document, as in the middle of a sentence. */
function namesIn(pattern: RegExp): string[] {
  const found = Array.from(MARKDOWN.matchAll(pattern), ([, name = '']) => name);
  return [...new Set(found.map((name) => name.charAt(0).toLowerCase() + name.slice(1)))];
}

/** Where a value shows that is neither code nor quoted for its place. */
function untrustedIn({ line, outcome, remedy }: Message, value: string): string[] {
  const found: string[] = [];
  const blocks = [line, ...(outcome ? [outcome] : []), ...remedy];
  void marked.walkTokens(marked.lexer(markdownBlocks(blocks)), (token) => {
    const isRead = token.type === 'text' && !('tokens' in token) && token.raw.includes(CANARY);
    const isOther = /^(?:html|link|image|heading|strong|em|del)$/.test(token.type);
    if (isRead || (isOther && !token.raw.startsWith('https://'))) found.push(token.raw);
  });

  const written = {
    sh: quote(visible(value)),
    yaml: visible(JSON.stringify(value)),
    listing: visible(value),
  };
  for (const block of remedy) {
    if (block.kind === 'text' || block.kind === 'items') continue;
    for (const line of block.lines) {
      const rest = line.replaceAll(written[block.kind], '');
      if (rest.includes(CANARY) && !(block.kind === 'yaml' && /^\w+$/.test(value)))
        found.push(line);
    }
  }
  return found;
}

/** A pattern for what a part becomes, as a line of its own. A value in YAML may be quoted. */
function wholeLine(text: string): RegExp {
  const pattern = patternOf(text).replace(/^([a-z-]+: )([^"]+)$/, '$1"?$2"?');
  return new RegExp(`^(?:- | *)${pattern}$`, 'm');
}

test('nothing tells anyone to run the job again if the command may have run', () => {
  const texts = PROVOCATIONS.flatMap(({ name, when }) =>
    [WORKFLOW, PROMPT].map((words) => {
      const { remedy } = shown(when(words));
      return {
        name,
        mayHaveRun: /az aks command result|kubectl get pods? /.test(remedy),
        saysRerun: new RegExp(words.rerun.markdown, 'i').test(remedy),
      };
    }),
  );
  const open = texts.filter(({ mayHaveRun }) => mayHaveRun);
  expect(open.length).toBeGreaterThan(40);
  expect(open.filter(({ saysRerun }) => saysRerun)).toEqual([]);
});

// It names only whoever pushed the branch: docs/SECURITY_MODEL.md.
test('no message offers a subject for all branches', () => {
  const remedies = EXPLAINED.map(({ message }) => shown(message).remedy);
  expect(remedies.filter((remedy) => remedy.includes('ref:refs/heads/*'))).toEqual([]);
});

describe('what there is to paste', () => {
  const scripts = linesOf('sh');

  needing(['sh'], () => {
    test('sh can parse it', () => {
      expect(scripts.length).toBeGreaterThan(60);
      expect(unreadableScripts(scripts)).toBe('');
    });
  });

  const commands = scripts
    .flatMap(([, script]) => script.match(/^az .*/gm) ?? [])
    .flatMap(commandsOf)
    .map((command): [string, Command] => {
      const { tool, words, options } = command;
      return [[tool, ...words, ...options].join(' '), command];
    });
  // Each starts kubectl and helm a few times, which takes long on a busy machine.
  test.each([...new Map(commands)])('%s exists', async (_name, command) => {
    expect(await problemsOf(command)).toEqual([]);
  });

  const presented = EXPLAINED.filter(({ message }) => message.name === 'no-federated-credential');
  needing(['sh'], () => {
    test.each(presented)('az gets the subject that the token has: $#', ({ message }) => {
      const lines = message.remedy.flatMap((block) => (block.kind === 'sh' ? block.lines : []));
      const [, , , application, identity] = azArguments(lines.join('\n').split('\n'));
      const { name, subject } = JSON.parse(application?.at(-1) ?? '') as Record<string, string>;
      expect(shown(message).remedy).toContain(say` ${subject}. `.markdown);
      expect(identity).toContain(`--subject=${visible(subject ?? '')}`);
      expect(identity?.[identity.indexOf('--name') + 1]).toBe(name);
      expect(name).toMatch(/^github-[\w-]{1,113}$/);
    });
  });

  test('its YAML can be parsed', () => {
    for (const [, text] of linesOf('yaml')) expect(parse(text)).toEqual(expect.any(Object));
  });
});

test('at a prompt, no message has a word of a workflow, or an option that does not exist', () => {
  const names = new Set(OPTIONS.map(({ name }) => `--${name}`));
  const inputs = OPTIONS.map(({ input }) => input).filter((input) => input.includes('-'));
  const ofWorkflow = new RegExp(
    [
      String.raw`\b(?:steps?(?! outputs)|job|workflow|[Tt]he action|runner|workspace|vars|inputs?)\b`,
      String.raw`\b(?:with|permissions):|azure/login|actions/checkout|\$\{\{`,
      String.raw`(?<![-\w/])(?:${inputs.join('|')})(?![-\w])`,
    ].join('|'),
    'g',
  );
  const wrong = PROVOCATIONS.flatMap(({ name, when }) => {
    const { line, outcome, remedy } = shown(when(PROMPT));
    const said = `${line}\n${outcome}\n${remedy}`.replaceAll(/In GitHub Actions, [^.]*\./g, '');
    const words = said.match(ofWorkflow) ?? [];
    const pasted =
      unbroken(remedy)
        .match(/^ {2}(?:aks-run-command )?--.*$/gm)
        ?.join(' ') ?? '';
    const options = pasted.match(/(?<= )--[a-z-]+/g) ?? [];
    const unknown = options.filter((option) => !names.has(option));
    return [...words, ...unknown].map((found) => `${name}: ${found}`);
  });
  expect(wrong).toEqual([]);
});

/**
 * The one list of everything that messages say. `|` begins a line that only a workflow has,
 * `>` one that only a prompt has, `"` a service's own words. Each entry has its first
 * line; others that an earlier entry has are only counted.
 */
test('all of it, to read', async () => {
  const seen = new Set<string>();
  const entries = PROVOCATIONS.map(({ name, when }) => {
    const workflow = shown(when(WORKFLOW));
    const { errorText } = workflow;
    const prompt = shown(when(PROMPT));
    const lines = [
      ...besides(...[workflow, prompt].map(linesToRead)),
      ...(errorText === '' ? [] : errorText.split('\n').map((line) => `" ${line}`)),
    ];
    return [`## ${workflow.name}: ${name}`, ...withoutSeen(lines, seen), ''].join('\n');
  });
  await expectGolden(new URL('golden/messages.txt', import.meta.url), entries.join('\n'));
});

/** What a message says besides a service's own words. */
function linesToRead({ line, outcome, remedy }: ReturnType<typeof shown>): string[] {
  const parts = [line, outcome, remedy].filter((part) => part !== '');
  return parts.join('\n').split('\n');
}

/** The first line, those that no earlier entry has, and how many others there are. */
function withoutSeen(lines: readonly string[], seen: Set<string>): string[] {
  const fresh = lines.filter((line, at) => at === 0 || !seen.has(line));
  for (const line of fresh) seen.add(line);
  return fresh.length < lines.length
    ? [...fresh, `  … ${lines.length - fresh.length} lines as above`]
    : fresh;
}

/** Two texts as one, what both have once. */
function besides(workflow: readonly string[] = [], prompt: readonly string[] = []): string[] {
  const rest = [...prompt];
  const own = (lines: readonly string[]) => lines.map((line) => `> ${line}`);
  const first = workflow.flatMap((line) => {
    const at = rest.indexOf(line);
    return at < 0
      ? [`| ${line}`]
      : [...own(rest.splice(0, at + 1).slice(0, -1)), `  ${line}`.trimEnd()];
  });
  return [...first, ...own(rest)];
}

/** The lines to paste of one kind, by the names of their messages. */
function linesOf(kind: 'sh' | 'yaml'): [name: string, text: string][] {
  return EXPLAINED.flatMap(({ name, message }) =>
    message.remedy.flatMap((block) =>
      block.kind === kind ? [[name, block.lines.join('\n')] as [string, string]] : [],
    ),
  );
}
