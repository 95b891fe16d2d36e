import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf } from './failure.ts';
import type { Host } from './hosts/port.ts';
import type { Ports } from './main.ts';

/**
 * With these, Azure's SDK would write its own log to stderr, bypassing the host, which fences and
 * masks. The debug log already shows each request, but never a header or a body.
 */
const SDK_LOGS = ['AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL', 'DEBUG'];

/**
 * Connects the core with the outside world. Both are loaded only when they are needed: otherwise,
 * `--help` would take twice as long.
 */
async function worldOf(host: Host, cancelled: AbortSignal): Promise<Ports> {
  // The host has read all variables, because the input `env` may name these, too.
  for (const name of SDK_LOGS) Reflect.deleteProperty(process.env, name);

  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    // An error that nothing awaits does not change the verdict, and must not keep it from being
    // reported.
    process.on(event, (error: unknown) => {
      host.log.debug(`Unhandled error: ${messageOf(error)}`);
    });
  }

  const [{ azureFor }, { clock }, { nodeDisk }] = await Promise.all([
    import('./edge/azure.ts'),
    import('./edge/clock.ts'),
    import('./edge/disk.ts'),
  ]);
  const { random } = Math;
  return {
    host,
    azureFor: (target, untilAborted) =>
      azureFor(target, { host, clock, cancelled: untilAborted, random }),
    disk: nodeDisk(process.platform),
    clock,
    cancelled,
    random,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    runScript: readFileSync(new URL('./pod/run.sh', import.meta.url), 'utf8'),
    collectScript: readFileSync(new URL('./pod/collect.sh', import.meta.url), 'utf8'),
    stopScript: readFileSync(new URL('./pod/stop.sh', import.meta.url), 'utf8'),
    messages: readFileSync(new URL('./messages/messages.md', import.meta.url), 'utf8'),
  };
}

async function run(host: Host, cancelled: AbortSignal) {
  const [world, { main }] = await Promise.all([worldOf(host, cancelled), import('./main.ts')]);
  return main(world);
}

async function runPostStep(host: Host, cancelled: AbortSignal) {
  const [world, { postStep }] = await Promise.all([
    worldOf(host, cancelled),
    import('./post-step.ts'),
  ]);
  return { success: await postStep(world) };
}

/** @param work a step of a workflow, or its post step */
async function onRunner(work: typeof runPostStep): Promise<number> {
  const cancel = new AbortController();
  // On Windows, the runner cancels with CTRL+C and then CTRL+BREAK.
  for (const signal of ['SIGINT', 'SIGBREAK', 'SIGTERM'] as const) {
    process.on(signal, () => {
      cancel.abort();
    });
  }
  // If nobody reads stdout anymore, there is no step left to report to.
  process.stdout.on('error', () => process.exit(1));
  const { githubRunner } = await import('./hosts/github-runner.ts');
  const { success } = await work(githubRunner(), cancel.signal);
  return success ? 0 : 1;
}

async function onCommandLine(): Promise<number> {
  const { atPrompt } = await import('./hosts/terminal/prompt.ts');
  return atPrompt(process.argv.slice(2), run);
}

/** Runs the step of a workflow, or what the command line asks for, and ends the process. */
export async function start(isAction: boolean): Promise<void> {
  end(await (isAction ? onRunner(run) : onCommandLine()), isAction);
}

/** Runs the post step of a workflow's step, and ends the process. */
export async function startPostStep(): Promise<void> {
  end(await onRunner(runPostStep), true);
}

function end(exitCode: number, isStep: boolean): void {
  process.exitCode = exitCode;
  // A request that nothing awaits anymore would keep the process alive until its timeout. Output is
  // written first.
  process.stdout.write('', (error) => {
    // If the reader is gone, this callback may run before the `error` event does.
    if (error && isStep) process.exitCode = 1;
    process.stderr.write('', () => process.exit());
  });
}
