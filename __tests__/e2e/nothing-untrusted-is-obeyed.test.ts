import { describe, expect, test } from '@jest/globals';
import { answers } from '../../local/azure/index.ts';
import type { StepResult } from '../../local/github/step.ts';
import { outsideCode } from '../support/fences.ts';
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

/**
 * The step runs only its own workflow commands, and says nothing untrusted outside of code in its
 * summary.
 */
function expectHarmless(result: StepResult, ...own: string[]): void {
  expect(obeyed(result)).toEqual(own);
  const outside = outsideCode(result.summary);
  for (const trace of ['forged', '<img', 'example.com', 'known', 'set-output', '**succeeded**']) {
    expect(outside).not.toContain(trace);
  }
}

describe('nothing untrusted is obeyed', () => {
  test('in the command, in file names, and in the output, which the step quotes once', async () => {
    const name = '::error::forged ##[error]forged ``` <img src=x> .yaml';
    const result = await run(
      { command: `cat <<'END'\n${HOSTILE}\nEND`, files: '*' },
      { tree: { [name]: 'x' } },
    );

    expect(result.outputs).toMatchObject({ state: 'succeeded', output: `${HOSTILE}\n` });
    expect(result.outputs).not.toHaveProperty('owned');
    expectHarmless(result, 'warning');
    const [warning] = result.log.commands.filter(({ name }) => name === 'warning');
    expect(warning?.data).toMatch(
      /^The command printed `::set-output::`, which has no effect\. [^:]*$/,
    );
  });

  test('in the name of a process that the command leaves behind', async () => {
    const process = '(printf "##[error]forged" >/proc/self/comm; read -r line <fifo)';
    const result = await run({ command: `mkfifo fifo; ${process} &` });

    expect(result.outputs['state']).toBe('succeeded');
    expectHarmless(result, 'warning');
    const [warning] = result.log.commands.filter(({ name }) => name === 'warning');
    expect(warning?.data).toContain('that could still write output: `');
    expect(warning?.data).toContain('redirect their output: `kubectl port-forward');
  });

  test('in the output of a failed command, without a last newline', async () => {
    const result = await run({
      command: 'printf \'%s\' "$TEXT"; exit 1',
      env: `TEXT<<END\n${HOSTILE}\nEND`,
    });

    expect(result.outputs).toMatchObject({ state: 'failed', output: HOSTILE });
    expectHarmless(result, 'warning', 'error');
  });

  const forged = JSON.stringify({ error: { code: 'Forged\n::error::forged', message: HOSTILE } });
  test('in an error of ARM', async () => {
    azure().addFaults([answers('run-command', 400, { body: forged })]);
    const result = await run({ command: 'echo no' });

    expect(result.outputs['state']).toBe('not-started');
    expectHarmless(result, 'error');
  });

  test('in the inputs of a step that fails on them', async () => {
    const result = await run({
      command: 'echo no',
      cluster: HOSTILE,
      shell: HOSTILE,
      timeout: HOSTILE,
    });

    expect(result.outputs['state']).toBe('not-started');
    expectHarmless(result, 'error');
  });
});
