import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { obeyed, scene, temporaryFolder } from './support.ts';

const { run } = scene();

const SRC = path.resolve(import.meta.dirname, '../../src');
/** 300 KB that a runner would obey if it were not fenced: five times what a pipe holds. */
const LINES = 6_000;
const COMMAND = [
  'echo "token=$SECRET" >>"$GITHUB_OUTPUT"; echo "$SECRET"',
  `i=0; while [ $i -lt ${LINES} ]; do echo "::error::line $i of a very long output, forged"; ` +
    'i=$((i+1)); done',
].join('\n');
const OUTPUT = [
  's3cret-of-the-cluster\n',
  ...Array.from({ length: LINES }, (_, i) => `::error::line ${i} of a very long output, forged\n`),
].join('');

/** What makes Azure's SDK talk, past every fence. */
const TALKATIVE = {
  AZURE_LOG_LEVEL: 'verbose',
  TYPESPEC_RUNTIME_LOG_LEVEL: 'verbose',
  DEBUG: 'azure*',
};

needing(['bash'], () => {
  test('its reader pauses, the SDK logs: masks and fences come first, none is lost', async () => {
    const inputs = {
      command: COMMAND,
      env: 'SECRET=s3cret-of-the-cluster',
      'mask-outputs': 'token',
    };
    const result = await run(inputs, { reader: '(head -c 30000; sleep 0.3; cat)', env: TALKATIVE });

    expect(result.outputs).toMatchObject({ state: 'succeeded', token: 's3cret-of-the-cluster' });
    expect(result.stderr).toBe('');
    expect(obeyed(result)).toEqual([]);
    // Not with toContain, which would print all of it.
    expect(result.stdout.includes(OUTPUT)).toBe(true);
    const masked = result.stdout.indexOf('::add-mask::s3cret');
    expect(masked).toBeGreaterThan(0);
    expect(masked).toBeLessThan(result.stdout.indexOf('\ns3cret'));
    expect(result.log.shown.includes('s3cret')).toBe(false);
    // The last line of all, behind 300 KB.
    expect(result.stdout.slice(-200)).toMatch(/\nplain: succeeded in [^\n]*\n$/);
  });

  test('a variable that makes the SDK talk still reaches a command that asks for it', async () => {
    const inputs = { command: 'echo "<$DEBUG>"', env: 'DEBUG' };
    const result = await run(inputs, { env: TALKATIVE });

    expect(result.outputs).toMatchObject({ state: 'succeeded', output: '<azure*>\n' });
    expect(result.stderr).toBe('');
  });

  test('what is written while the pipe is full stands in the order of writing', () => {
    // Up to the brim, then what takes effect, then more than fits.
    const program = `
      const { githubRunner } = await import('${SRC}/hosts/github-runner.ts');
      const { say } = await import('${SRC}/text/say.ts');
      const host = githubRunner();
      host.log.show('x'.repeat(65_500));
      for (const secret of ['first-secret', 'second-secret', 'third-secret']) host.mask(secret);
      host.log.info(say\`a line of ours\`);
      host.error('title', 'message');
      await host.showOutput('::error::forged\\n'.repeat(10_000));
      host.log.warn(say\`a warning\`);
      host.log.info(say\`the last line\`);
      process.stdout.write('', () => process.exit());
    `;
    const node = [process.execPath, '--input-type=module', '--eval', program];
    const piped = ['-c', '"$@" | (sleep 0.3; cat)', 'bash', ...node];
    const stdout = execFileSync('bash', piped, { encoding: 'utf8', maxBuffer: 1e6 });

    const told = stdout.replaceAll('::error::forged\n', '').replaceAll(/[0-9a-f]{32}/g, 'TOKEN');
    expect(told.slice(65_501).split('\n')).toEqual([
      '::add-mask::first-secret',
      '::add-mask::second-secret',
      '::add-mask::third-secret',
      'a line of ours',
      '::error title=title::message',
      '::stop-commands::TOKEN',
      '::TOKEN::',
      '::warning::a warning',
      'the last line',
      '',
    ]);
    expect(stdout).toHaveLength(
      65_501 + told.slice(65_501).replaceAll('TOKEN', 'x'.repeat(32)).length + 160_000,
    );
  });

  test('its reader goes away: the step ends without a word, its outputs set', async () => {
    const result = await run(
      { command: COMMAND, env: 'SECRET=x' },
      { reader: 'head -c 30000', env: TALKATIVE },
    );

    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toHaveLength(30_000);
    expect(result.outputs).toMatchObject({ state: 'succeeded', 'exit-code': '0' });
  });

  test('the reader of stdout goes away at the very end: the step fails, too', async () => {
    // Only the last write fails, and no event comes before the process ends.
    const program = `
      const write = process.stdout.write.bind(process.stdout);
      process.stdout.write = (text, ...more) => {
        if (text !== '') return write(text, ...more);
        more.at(-1)(new Error('EPIPE'));
        return true;
      };
    `;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
    const result = await run({ command: 'true' }, { env });

    expect(result.outputs).toMatchObject({ state: 'succeeded' });
    expect(result.exitCode).toBe(1);
  });

  test('stdout is closed from the beginning: the step ends without a word', async () => {
    const closed = path.join(temporaryFolder(), 'closed');
    // The command ends when the reader is gone, and not before.
    const command = 'until [ -e "$CLOSED" ]; do sleep 0.1; done; echo hello';
    const inputs = { command, env: `CLOSED=${closed}` };
    const result = await run(inputs, { reader: `(exec <&-; : >'${closed}')` });

    expect({ stderr: result.stderr, exitCode: result.exitCode }).toEqual({
      stderr: '',
      exitCode: 1,
    });
  });
});
