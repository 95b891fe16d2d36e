import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toolFolder } from '../../local/azure/index.ts';
import { startLocalKubernetes } from '../../local/kubernetes/index.ts';

export type Ended = { readonly code: number; readonly output: string };

/**
 * A cluster in memory, and a shell that reaches it. The namespace is `default`, and there is one
 * called shop.
 */
export async function bench() {
  const undecided: string[] = [];
  const [kubernetes, tools, home] = await Promise.all([
    startLocalKubernetes({ onUndecided: (what) => undecided.push(what) }),
    toolFolder(),
    mkdtemp(path.join(tmpdir(), 'home-')),
  ]);
  const env = {
    ...process.env,
    PATH: [tools, process.env['PATH']].filter((one) => one !== undefined).join(path.delimiter),
    HOME: home,
    KUBECONFIG: kubernetes.kubeconfig,
  };
  /** Runs a command line in a folder with real kubectl and helm. */
  const run = (command: string, folder: string) =>
    new Promise<Ended>((resolve) => {
      const child = execFile(
        'bash',
        ['-c', command],
        { cwd: folder, env },
        (_error, stdout, stderr) => {
          resolve({ code: child.exitCode ?? 1, output: stdout + stderr });
        },
      );
    });
  await run('kubectl create namespace shop', home);
  return {
    kubernetes,
    /** What was asked for and isn't decided by a stand-in, so far. */
    undecided,
    run,
    stop: async () => {
      await kubernetes.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
