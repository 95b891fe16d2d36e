import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { ended } from '../../local/runner/step.ts';
import { scratch } from '../support/scratch.ts';
import { answer, type World } from './world.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** How a call fails: before it changes anything, or after, with its answer lost. */
export type Failure = Readonly<{ call: number; after: boolean }>;

export type Ran = Readonly<{
  exitCode: number;
  stdout: string;
  stderr: string;
  /** The calls of `az` and `gh`, in order, each as its arguments. */
  calls: readonly (readonly string[])[];
}>;

/** `az` and `gh` of the PATH: they pass their arguments on to this process, and print its answer. */
const TOOL = `#!/usr/bin/env bash
exec 3<>"/dev/tcp/127.0.0.1/$WORLD"
printf '%s\\0' "$(($# + 1))" "\${0##*/}" "$@" >&3
read -r code <&3
read -r -d '' stdout <&3
read -r -d '' stderr <&3
printf %s "$stdout"
[ -z "$stderr" ] || echo "$stderr" >&2
exit "$code"
`;

/**
 * Runs scripts with stand-ins for `az` and `gh` that act on a world.
 *
 * @returns a function that runs `shell script args…`
 */
export function scriptsOn() {
  const folder = scratch('setup');
  let server: Server | undefined;
  let respond: (args: readonly string[]) => Readonly<{ exitCode: number; stdout: string; stderr: string }>;

  beforeAll(async () => {
    for (const tool of ['az', 'gh']) {
      writeFileSync(path.join(folder, tool), TOOL);
      chmodSync(path.join(folder, tool), 0o755);
    }
    server = createServer((socket) => {
      let received = '';
      socket.setEncoding('utf8');
      socket.on('error', () => {
        // The script was stopped, and its tool with it.
      });
      socket.on('data', (data) => {
        received += data.toString();
        const [count = '', ...args] = received.split('\0');
        if (args.length <= Number(count)) return;
        const { exitCode, stdout, stderr } = respond(args.slice(0, -1));
        socket.end(`${exitCode}\n${stdout}\0${stderr}\0`);
      });
    });
    await new Promise<void>((resolve) => {
      server?.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => server?.close(resolve));
  });

  return async function run(
    world: World,
    shell: string,
    script: string,
    args: readonly string[],
    failure?: Failure,
  ): Promise<Ran> {
    const calls: string[][] = [];
    respond = (given) => {
      const [tool = '', ...rest] = given;
      calls.push([...given]);
      const fails = calls.length === failure?.call;
      if (fails && !failure.after)
        return { exitCode: 1, stdout: '', stderr: 'ERROR: The connection broke.' };
      const answered = answer(world, tool, rest);
      return fails ? { exitCode: 1, stdout: '', stderr: 'ERROR: The answer was lost.' } : answered;
    };
    const address = server?.address();
    if (address === null || typeof address !== 'object') throw new Error('The server is not up');
    const child = spawn(shell, [path.join(root, 'setup', script), ...args], {
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        HOME: folder,
        WORLD: String(address.port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { exitCode, stdout, stderr } = await ended(child);
    return { exitCode: exitCode ?? -1, stdout, stderr, calls };
  };
}
