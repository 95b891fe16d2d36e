import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { listing } from '../../../src/messages/paste.ts';
import { readMessages, writeMessage, type Values } from '../../../src/messages/writer.ts';
import { say } from '../../../src/text/say.ts';
import { shown } from './shown.ts';

/** The message `x` of a document. */
function written(body: string, values: Values, words: Words = WORKFLOW) {
  const mistakes: string[] = [];
  const messages = readMessages(`# Stage\n\n${body}`, (mistake) => mistakes.push(mistake));
  const message = writeMessage('x', { values, words, messages });
  return { ...shown(message), anchor: message.anchor, blocks: message.remedy, mistakes };
}

/** What to do next in a message with this paragraph. */
function remedy(paragraph: string, values: Values, words?: Words): string {
  const { remedy, mistakes } = written(`## x\n\nIt failed\n\n${paragraph}\n`, values, words);
  expect(mistakes).toEqual([]);
  return remedy;
}

test('a section has a line, an anchor, an outcome, and what to do next', () => {
  const body =
    '## other\n\nNo\n\n## x #more\n\nIt {verb}\n\nOutcome: It ran.\n\nDo\nthis.\n\nAnd that.';
  expect(written(body, { verb: say`failed` })).toMatchObject({
    line: 'It failed',
    anchor: 'more',
    outcome: 'It ran.',
    remedy: 'Do this.\nAnd that.',
    mistakes: [],
  });
});

describe('what a paragraph becomes', () => {
  test.each<[name: string, paragraph: string, values: Values, step: string, prompt?: string]>([
    ['untrusted text is code', 'See {a}.', { a: '`<b>' }, 'See ``  `<b> ``.'.replace('  ', ' ')],
    ['a number and a text stay as they are', '{n} {t}', { n: 3, t: say`of *us*` }, '3 of *us*'],
    ['a text begins a sentence', '{Here}. {here}.', { here: say`the step` }, 'The step. the step.'],
    ['an input has its name', 'Set {--timeout}.', {}, 'Set `timeout`.', 'Set `--timeout`.'],
    ['a value that is not known', 'See {a}.', { a: undefined }, ''],
    ['blocks', '{list}', { list: [listing(['a', 'b'])] }, '  a\n  b'],
    ['a word of a shell', '    $ az {a} -n{b}', { a: "x' $(y)", b: '1' }, `  az 'x'\\'' $(y)' -n1`],
    ['a line that is not known', '    $ az a\n    $ az {b}', { b: undefined }, '  az a'],
    ['commands are one block', '    $ az a\n\n    $ az b', {}, '  az a\n  az b'],
    ['YAML', '    if: a\n      b: 1', {}, '  if: a\n    b: 1'],
    [
      'inputs',
      '    > timeout: {a}\n    > env: {b}',
      { a: '5m', b: undefined },
      '  with:\n    timeout: 5m',
      '  --timeout=5m',
    ],
    [
      'values of ours in inputs',
      '    > files: ca.pem\n    > client-id: ${{ vars.ID }}',
      {},
      '  with:\n    files: "ca.pem"\n    client-id: ${{ vars.ID }}',
      '  --files=ca.pem --client-id=VALUE',
    ],
    ['inputs of which none is known', '    > timeout: {a}', { a: undefined }, ''],
    ['conditions', '[a] Yes.\n[!a] No.\n[b] b', { a: true, b: false }, 'Yes.'],
    ['a condition is a value that is known', '[a] A\n[b] B', { a: 'x', b: undefined }, 'A'],
    ['conditions of lines', '    [a] $ az a\n    [!a] $ az b', { a: false }, '  az b'],
  ])('%s', (_name, paragraph, values, step, prompt = step) => {
    expect(remedy(paragraph, values)).toBe(step);
    expect(remedy(paragraph, values, PROMPT)).toBe(prompt);
  });

  test('a fragment has paragraphs that messages share', () => {
    const body = '## x\n\nLine\n\n@a\n[c] @b\n\n## @a\n\nOne {v}.\n\n@b\n\n## @b\n\nOutcome: Two.';
    expect(written(body, { c: false, v: 'x' })).toMatchObject({
      outcome: 'Two.',
      remedy: 'One `x`.',
      mistakes: [],
    });
  });
});

describe('a mistake in a section leaves its line, and a test can see it', () => {
  test.each([
    ['a placeholder without a meaning', 'Do {this}.', 'x: this has no meaning here'],
    ['a condition without a meaning', '[maybe] Do.', 'x: maybe has no meaning here'],
    ['a fragment that is not there', '@a', 'x: @a has no meaning here'],
    ['a text to paste', '    $ az {text}', 'x: a value cannot be a part of this line'],
    ['a command in a sentence', 'Run {command}.', 'x: a value cannot be a part of a sentence'],
  ])('%s', (_name, paragraph, mistake) => {
    const values = { why: 'z', text: say`a`, command: listing(['a']) };
    expect(written(`## x\n\nIt {why}\n\n${paragraph}`, values)).toMatchObject({
      line: 'It `z`',
      remedy: '',
      mistakes: [mistake],
    });
  });

  test.each([
    ['its own', '## x\n\nIt {y}', 'It …'],
    ['two lines', '## x\n\n[a] One\n[a] Two', 'One'],
    ['no section', '## y\n\nIt', ''],
  ])('in its line: %s', (_name, body, line) => {
    const { line: said, mistakes } = written(body, { a: true });
    expect(said).toBe(line);
    expect(mistakes).toHaveLength(1);
  });
});

test('whatever the document, nothing throws', () => {
  const pieces = ['## x\n', '## @a\n', '\n\n', '    ', '$ ', '> ', '[a] ', '[!a] ', '@a', '{a}'];
  const document = fc.array(fc.constantFrom(...pieces, 'A', '{', 'Outcome:', 'b: c', '\n'));
  fc.assert(
    fc.property(document, (parts) => {
      const body = `## x\n\nLine\n\n${parts.join('').replaceAll('@a', '@b')}`;
      expect(written(body, { a: 'v' }).line).toEqual(expect.any(String));
    }),
    { numRuns: 1000 },
  );
});
