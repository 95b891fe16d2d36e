import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { ended } from '../../local/runner/step.ts';
import { scratch } from '../support/scratch.ts';
import { toolOnPath } from '../support/tools.ts';
import { answer, type Answer, type World } from './world.ts';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The bash of this machine, and an old one if there is one: macOS has 3.2 at this path, and a
 * machine that has another bash there runs it twice.
 */
export const shells = ['bash', 'bash-3.2', '/bin/bash'].filter(
  (name) =>
    toolOnPath(name) !== undefined && (name !== '/bin/bash' || process.platform === 'darwin'),
);

/** How a call fails: before it changes anything, or after that, with its answer lost. */
export type Failure = Readonly<{ call: number; when: 'before' | 'after' }>;

export type Ran = Readonly<{
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** The calls of `az` and `gh`, each with its arguments. */
  calls: readonly (readonly string[])[];
}>;

/** `az` and `gh` on the PATH of a script: they pass their arguments on, and print the answer. */
const TOOL = `#!/usr/bin/env bash
exec 3<>"/dev/tcp/127.0.0.1/$WORLD"
printf '%s\\0' "$(($# + 1))" "\${0##*/}" "$@" >&3
read -r code <&3
IFS= read -r -d '' stdout <&3
IFS= read -r -d '' stderr <&3
printf %s "$stdout"
[ -z "$stderr" ] || echo "$stderr" >&2
exit "$code"
`;

/** @returns a function that runs a program with stand-ins for `az` and `gh` that act on a world */
export function scriptsOn() {
  const folder = scratch('setup');
  for (const tool of ['az', 'gh']) {
    writeFileSync(path.join(folder, tool), TOOL);
    chmodSync(path.join(folder, tool), 0o755);
  }

  return async function run(
    world: World,
    program: readonly [string, ...string[]],
    failure?: Failure,
  ): Promise<Ran> {
    const calls: string[][] = [];
    const server = createServer((socket) => {
      let received = '';
      socket.setEncoding('utf8');
      // A script that was stopped takes its tool along.
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        received += data.toString();
        const [count = '', ...args] = received.split('\0');
        if (args.length <= Number(count)) return;
        calls.push(args.slice(0, -1));
        const { exitCode, stdout, stderr } = respond(world, calls, failure);
        socket.end(`${exitCode}\n${stdout}\0${stderr}\0`);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address !== 'object') throw new Error('No port');

    const [name, ...args] = program;
    const child = spawn(name, args, {
      cwd: path.join(root, 'setup'),
      env: {
        PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`,
        HOME: folder,
        WORLD: String(address.port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { exitCode, stdout, stderr } = await ended(child);
    await new Promise((resolve) => server.close(resolve));
    return { exitCode, stdout, stderr, calls };
  };
}

function respond(world: World, calls: readonly string[][], failure?: Failure): Answer {
  const [tool = '', ...args] = calls.at(-1) ?? [];
  const fails = calls.length === failure?.call;
  if (fails && failure.when === 'before')
    return { exitCode: 1, stdout: '', stderr: 'ERROR: The connection broke.' };
  const answered = answer(world, tool, args);
  return fails ? { exitCode: 1, stdout: '', stderr: 'ERROR: The answer was lost.' } : answered;
}
