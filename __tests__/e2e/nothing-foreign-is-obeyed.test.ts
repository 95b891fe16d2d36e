import { describe, expect, test } from '@jest/globals';
import { answers, podFails } from '../../local/azure/index.ts';
import type { StepResult } from '../../local/runner/step.ts';
import { obeyed, scene } from './support.ts';

const { run, azure } = scene();

/** What a hostile pod, file or service may write to take hold of the runner or of the summary. */
const HOSTILE = [
  '::set-output name=state::succeeded',
  '  ::add-mask::a',
  '::error::forged',
  'text ##[error]forged mid-line',
  '##[set-output name=owned]yes',
  '::stop-commands::known',
  '::known::',
  'progress 10%\r::warning::after a lone carriage return',
  '</details><img src=https://example.com/x.png>',
  '```',
  '````text',
  '# heading ![image](https://example.com/x.png) [link](https://example.com)',
  '✅ **succeeded**',
].join('\n');

/** The body of every fenced block, and what stands outside of them. */
function readMarkdown(markdown: string): { fenced: string[]; outside: string } {
  const fenced: string[] = [];
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const opening = /^(`{3,})(?:text|bash|yaml)$/.exec(line)?.[1];
    if (fence === undefined && opening !== undefined) {
      fence = opening;
      fenced.push('');
    } else if (line === fence) fence = undefined;
    else if (fence === undefined) outside.push(line);
    else fenced.push(`${fenced.pop() ?? ''}${line}\n`);
  }
  expect(fence).toBeUndefined();
  return { fenced, outside: withoutCode(outside.join('\n')) };
}

function expectHarmless(markdown: string): void {
  const { outside } = readMarkdown(markdown);
  for (const trace of ['forged', '<img', 'example.com', 'known', 'set-output', '**succeeded**']) {
    expect(outside).not.toContain(trace);
  }
}

/** Of what the output holds the step says one thing, in words of its own: that set-output has no effect. */
function expectOwnWarning(result: StepResult): void {
  expect(obeyed(result)).toEqual(['warning']);
  const [warning] = result.log.commands.filter(({ name }) => name === 'warning');
  expect(warning?.data).toMatch(/^The command printed ::set-output::, which has no effect\. [^:]*$/);
}

describe('nothing foreign is obeyed', () => {
  test.each([
    ['with a last newline', `${HOSTILE}\n`],
    ['without a last newline', HOSTILE],
    ['ending in a carriage return', `${HOSTILE}\r`],
  ])('in the output, %s', async (_name, text) => {
    const result = await run({ command: 'printf \'%s\' "$TEXT"', env: `TEXT<<END\n${text}\nEND` });

    expect(result.outputs).toMatchObject({ state: 'succeeded', output: text });
    expect(result.outputs).not.toHaveProperty('owned');
    expectOwnWarning(result);
    expectHarmless(result.summary);
  });

  test('in the output of a failed command', async () => {
    const result = await run({ command: 'printf \'%s\' "$TEXT"; exit 1', env: `TEXT<<END\n${HOSTILE}\nEND` });

    expect(obeyed(result)).toEqual(['warning', 'error']);
    expect(result.outputs['state']).toBe('failed');
    expectHarmless(result.summary);
  });

  test('in the command', async () => {
    const result = await run({ command: `cat <<'END'\n${HOSTILE}\nEND` });

    expect(result.outputs['output']).toBe(`${HOSTILE}\n`);
    expectOwnWarning(result);
    expectHarmless(result.summary);
  });

  test('in file names', async () => {
    const name = '::error::forged ##[error]forged ``` <img src=x> .yaml';
    const result = await run({ command: 'ls', files: '*.yaml' }, { tree: { [name]: 'x' } });

    expect(result.outputs['state']).toBe('succeeded');
    expect(obeyed(result)).toEqual([]);
    expectHarmless(result.summary);
  });

  const forged = JSON.stringify({ error: { code: 'Forged\n::error::forged', message: HOSTILE } });
  test.each([
    ['an error of ARM', answers('run-command', 400, { body: forged }), 'not-started'],
    ['an HTML page', answers('run-command', 413, { body: `<html><title>${HOSTILE}</title></html>` }), 'not-started'],
    ['plain text', answers('run-command', 404, { body: HOSTILE }), 'unknown'],
    ['the reason that AKS gives', podFails(HOSTILE), 'unknown'],
  ])('in %s', async (_name, fault, state) => {
    azure().addFaults([fault]);
    const result = await run({ command: 'echo no' });

    expect(result.outputs['state']).toBe(state);
    expect(obeyed(result)).toEqual(['error']);
    expectHarmless(result.summary);
  });

  test('in the inputs of a step that fails on them', async () => {
    const result = await run({ command: 'echo no', cluster: HOSTILE, shell: HOSTILE, timeout: HOSTILE });

    expect(result.outputs['state']).toBe('not-started');
    expect(obeyed(result)).toEqual(['error']);
    expectHarmless(result.summary);
  });
});

/** Without the code spans of CommonMark, whose content is text whatever it is. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, 'CODE');
}
