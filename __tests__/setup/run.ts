import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { ended } from '../../local/github/step.ts';
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

/**
 * How a call fails, if it does: before it does anything, or after that, with its answer lost, or
 * what it prints instead, with an exit code of 0.
 */
export type Failing = (
  call: readonly string[],
) => 'before' | 'after' | ((stdout: string) => string) | undefined;

export type Ran = Readonly<{
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** The calls of `az` and `gh`, each with its arguments. */
  calls: readonly (readonly string[])[];
}>;

/**
 * `az` and `gh` for a bash that has this as BASH_ENV: they pass their arguments on, and print the
 * answer. Programs would do the same, but take five times as long to start.
 */
const TOOLS = `
az() { call az "$@"; }
gh() { call gh "$@"; }
call() (
  exec 3<>"/dev/tcp/127.0.0.1/$WORLD"
  printf '%s\\0' "$#" "$@" >&3
  read -r code <&3
  IFS= read -r -d '' stdout <&3
  IFS= read -r -d '' stderr <&3
  printf %s "$stdout"
  [ -z "$stderr" ] || echo "$stderr" >&2
  exit "$code"
)
`;

/** @returns a function that runs a script with stand-ins for `az` and `gh` that act on a world */
export function scriptsOn() {
  const folder = scratch('setup');
  const tools = path.join(folder, 'tools.sh');
  writeFileSync(tools, TOOLS);

  return async function run(
    world: World,
    program: readonly [string, ...string[]],
    failing?: Failing,
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
        const call = args.slice(0, -1);
        calls.push(call);
        const { exitCode, stdout, stderr } = respond(world, call, failing?.(call));
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
        PATH: process.env['PATH'],
        HOME: folder,
        BASH_ENV: tools,
        WORLD: String(address.port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { exitCode, stdout, stderr } = await ended(child);
    await new Promise((resolve) => server.close(resolve));
    return { exitCode, stdout, stderr, calls };
  };
}

function respond(world: World, call: readonly string[], fails: ReturnType<Failing>): Answer {
  if (fails === 'before') return { exitCode: 1, stdout: '', stderr: 'ERROR: It did nothing.' };
  const [tool = '', ...args] = call;
  const answered = answer(world, tool, args);
  if (fails === 'after') return { exitCode: 1, stdout: '', stderr: 'ERROR: The answer was lost.' };
  return fails === undefined ? answered : { ...answered, stdout: fails(answered.stdout) };
}
