import type { PodSpec } from '../../local/azure/index.ts';
import type { Ran } from './fake-pod.ts';

/** What `src/pod/stop.sh` does, among fake pods. */
export function fakeStop(world: {
  /** Milliseconds since the epoch by the clock of the nodes. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}) {
  /** The commands that have begun, by their pods. `undefined`: it has ended. */
  const commands = new Map<PodSpec, AbortController | undefined>();
  /** Those that run, but not below a `timeout`. */
  const hidden = new Set<PodSpec>();

  return {
    /**
     * @param isFound whether there is a process to which a signal can be sent
     * @returns what aborts if the command gets SIGTERM
     */
    begin(pod: PodSpec, isFound = true): AbortSignal {
      if (!isFound) hidden.add(pod);
      const terminate = new AbortController();
      commands.set(pod, terminate);
      return terminate.signal;
    },
    end(pod: PodSpec): void {
      commands.set(pod, undefined);
    },
    /** @param env the variables that the script is given, as a file for a shell */
    async stop(env: string): Promise<Ran> {
      const [id = '', hash = '', until = ''] = ['ID', 'HASH', 'UNTIL'].map(
        (name) => new RegExp(`^export ${name}='(.*)'$`, 'm').exec(env)?.[1],
      );
      for (;;) {
        const isIt = (pod: PodSpec) =>
          id === '' ? pod.command.includes(hash) : pod.commandId === id;
        const pod = [...commands.keys()].find(isIt);
        const output = `${pod ? `command-${pod.commandId}` : ''}\n`;
        if (pod !== undefined && hidden.has(pod)) return { exitCode: 11, output };
        if (pod !== undefined) {
          const command = commands.get(pod);
          command?.abort();
          return { exitCode: command === undefined ? 12 : 0, output };
        }
        if (Math.floor(world.now() / 1000) >= Number(until)) return { exitCode: 10, output };
        await world.sleep(2000);
      }
    },
  };
}
