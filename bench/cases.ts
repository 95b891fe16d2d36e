import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Name, Work } from './contenders.ts';

/** A row of the table. */
export type Case = {
  readonly title: string;
  readonly cluster: Work['cluster'];
  readonly command: string;
  /** Makes the files that travel. */
  readonly plant?: (folder: string) => Promise<void>;
  /** The action's inputs besides. */
  readonly inputs?: Work['inputs'];
  /** Milliseconds that each answer takes; of 200, to count the round trips in a row as well. */
  readonly answerMs: number;
  readonly names: readonly Name[];
  readonly rounds: number;
};

const ALL: readonly Name[] = ['action', 'az', 'floor', 'azSignedIn'];
const PROMPT: readonly Name[] = ['prompt', 'promptToken'];
const SIGNED_IN: readonly Name[] = ['action', 'floor', 'azSignedIn'];

/** Answers of no time, of a network nearby, of one far away. */
export const SLOW_ANSWER_MS = 200;

const COUNT_FILES = "find . -type f ! -path './.aks-run-command/*' | wc -l";

const COLLECTED = { collect: 'reports', 'if-no-files-collected': 'error' };

/** A command that writes so many JUnit reports, of so many test cases each. */
const reports = (files: number, tests: number) => `mkdir reports && awk 'BEGIN { srand(1)
  for (file = 1; file <= ${files}; file++) {
    name = "reports/TEST-" file ".xml"
    print "<testsuite name=\\"shop.Suite" file "\\" tests=\\"${tests}\\">" >name
    for (test = 1; test <= ${tests}; test++)
      printf "  <testcase classname=\\"shop.checkout.Suite%dTest\\" name=\\"adds item %d to the cart\\" time=\\"%.3f\\"/>\\n", file, test, rand() >name
    print "</testsuite>" >name
    close(name)
  }
}'`;

const short = { command: 'echo done', names: ALL } as const;
const FIFTY_FIVE_REPORTS = reports(55, 196);

export const CASES = {
  plain: { ...short, title: 'short command', cluster: 'plain', answerMs: 0, names: [...ALL, ...PROMPT], rounds: 5 },
  entra: { ...short, title: 'short command, Entra', cluster: 'entra', answerMs: 0, rounds: 3 },
  plain50: { ...short, title: 'short command, answers of 50 ms', cluster: 'plain', answerMs: 50, rounds: 3 },
  entra50: { ...short, title: 'the same, Entra', cluster: 'entra', answerMs: 50, rounds: 3 },
  plain200: {
    ...short,
    title: 'short command, answers of 200 ms',
    cluster: 'plain',
    answerMs: SLOW_ANSWER_MS,
    rounds: 3,
  },
  entra200: { ...short, title: 'the same, Entra', cluster: 'entra', answerMs: SLOW_ANSWER_MS, rounds: 3 },
  files: {
    title: '2,000 files, 20 MB',
    cluster: 'plain',
    command: COUNT_FILES,
    plant: (folder) => plant(folder, 2000, 10_000),
    answerMs: 0,
    names: SIGNED_IN,
    rounds: 5,
  },
  chart: {
    title: 'a chart folder of 3 MB',
    cluster: 'plain',
    command: COUNT_FILES,
    plant: (folder) => plant(path.join(folder, 'charts', 'shop'), 60, 50_000),
    answerMs: 0,
    names: SIGNED_IN,
    rounds: 3,
  },
  output: {
    title: '512 KiB of output',
    cluster: 'plain',
    command: "yes 'a line of output, as long as such lines are' | head -c 524288",
    answerMs: 0,
    names: SIGNED_IN,
    rounds: 3,
  },
  longOutput: {
    title: '1.4 MB of output',
    cluster: 'plain',
    command: "seq -f 'Waiting for deployment shop to finish: %.0f of 24000 are updated' 24000",
    answerMs: 0,
    names: SIGNED_IN,
    rounds: 3,
  },
  collectNone: {
    title: '55 JUnit reports of 1 MB in all, none collected',
    cluster: 'plain',
    command: FIFTY_FIVE_REPORTS,
    answerMs: 0,
    names: ['action'],
    rounds: 5,
  },
  collectMany: {
    title: 'the same, all collected',
    cluster: 'plain',
    command: FIFTY_FIVE_REPORTS,
    inputs: COLLECTED,
    answerMs: 0,
    names: ['action'],
    rounds: 5,
  },
  collectOne: {
    title: 'one JUnit report of 2 MB, collected',
    cluster: 'plain',
    command: reports(1, 21_000),
    inputs: COLLECTED,
    answerMs: 0,
    names: ['action'],
    rounds: 5,
  },
} as const satisfies Record<string, Case>;

export type CaseName = keyof typeof CASES;

/** Seconds that a command takes, where what counts is when its end is told. */
export const WAITS = [3, 18, 45] as const;
export const WAIT_ROUNDS = 2;

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
