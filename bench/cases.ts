import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Work } from './contenders.ts';

/** A row of the table. */
export type Case = {
  readonly title: string;
  readonly cluster: Work['cluster'];
  readonly command: string;
  /** Makes the files that travel. */
  readonly plant?: (folder: string) => Promise<void>;
  /** 200 ms on each answer, to count the round trips in a row. */
  readonly delayed?: boolean;
  readonly rounds: number;
};

const COUNT_FILES = "find . -type f ! -path './.aks-run-command/*' | wc -l";

export const CASES = {
  plain: { title: 'short command', cluster: 'plain', command: 'echo done', rounds: 7 },
  entra: { title: 'short command, Entra', cluster: 'entra', command: 'echo done', rounds: 5 },
  plainDelayed: {
    title: 'short command, 200 ms on each answer',
    cluster: 'plain',
    command: 'echo done',
    delayed: true,
    rounds: 3,
  },
  entraDelayed: {
    title: 'the same, Entra',
    cluster: 'entra',
    command: 'echo done',
    delayed: true,
    rounds: 3,
  },
  files: {
    title: '2,000 files, 20 MB',
    cluster: 'plain',
    command: COUNT_FILES,
    plant: (folder) => plant(folder, 2000, 10_000),
    rounds: 5,
  },
  chart: {
    title: 'a chart folder of 3 MB',
    cluster: 'plain',
    command: COUNT_FILES,
    plant: (folder) => plant(path.join(folder, 'charts', 'shop'), 60, 50_000),
    rounds: 3,
  },
  output: {
    title: '512 KiB of output',
    cluster: 'plain',
    command: "yes 'a line of output, as long as such lines are' | head -c 524288",
    rounds: 3,
  },
  longOutput: {
    title: '1.4 MB of output',
    cluster: 'plain',
    command: "seq -f 'Waiting for deployment shop to finish: %.0f of 24000 are updated' 24000",
    rounds: 3,
  },
} as const satisfies Record<string, Case>;

/** Seconds that a command takes, where what counts is when its end is told. */
export const WAITS = [3, 18, 45] as const;
export const WAIT_ROUNDS = 3;

/** So many manifests of so many bytes, the same each time, that deflate to about a tenth. */
async function plant(folder: string, files: number, bytes: number): Promise<void> {
  const random = randomNumbers(files);
  for (let index = 0; index < files; index++) {
    const below = path.join(folder, `group-${index % 20}`);
    await mkdir(below, { recursive: true });
    let text = '';
    while (text.length < bytes) text += manifest(random);
    await writeFile(path.join(below, `manifest-${index}.yaml`), text.slice(0, bytes));
  }
}

function manifest(random: () => number): string {
  const word = () => random().toString(36).slice(0, 4);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${word()}
  namespace: shop
  labels:
    app.kubernetes.io/name: shop
    app.kubernetes.io/component: settings
    app.kubernetes.io/managed-by: aks-run-command
data:
  endpoint: https://${word()}.shop.svc.cluster.local:8443/api/v1
  log-level: info
  token-file: /var/run/secrets/tokens/${word()}
---
`;
}

/** Lehmer's generator: the same numbers on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647);
}
