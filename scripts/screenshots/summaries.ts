import { parseCommandId } from '../../src/azure/command-id.ts';
import type { Failure } from '../../src/failure.ts';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { InputReader } from '../../src/inputs/reader.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { reportOn } from '../../src/report/report.ts';
import { summary } from '../../src/report/summary.ts';
import { withoutResult, type State, type Verdict } from '../../src/verdict.ts';

/** Job summaries of each kind of ending, as the action writes them. */

const ID = parseCommandId('476c56420763494ca19c24e67f15f66e');
const COMMAND = `helm upgrade --install shop charts/shop --namespace shop --wait\n`;
const FILES = ['charts/shop/Chart.yaml', 'charts/shop/values.yaml', 'charts/shop/templates/deployment.yaml'];
const VARIABLES: Readonly<Record<string, string>> = {
  GITHUB_ACTION_REPOSITORY: 'octo-org/aks-run-command',
  GITHUB_ACTION_REF: 'v1',
  GITHUB_JOB: 'deploy',
};

function written(name: string, state: State, more: Partial<Verdict> & { failure?: Failure } = {}): string {
  const cluster = `/subscriptions/5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/${name}`;
  const given: Readonly<Record<string, string>> = { cluster, command: COMMAND };
  const host = { words: WORKFLOW, variable: (variable: string) => VARIABLES[variable] };
  const inputs = readInputs(new InputReader({ ...host, input: (input) => given[input] ?? '' }));
  const sent = state === 'dry-run' || state === 'not-started' ? undefined : ID;
  const verdict: Verdict = { ...withoutResult(state, undefined, sent), ...more };
  const shipment = { files: FILES.map((path, index) => ({ path, bytes: 900 + 300 * index })), zipBytes: 1400 };
  return summary(reportOn(verdict, { target: inputs, command: COMMAND, shipment, host }));
}

const times = { startedAt: '2026-11-25T09:00:00Z', finishedAt: '2026-11-25T09:02:03Z' };
const output = (text: string) => ({ output: { text, truncated: false } });
const ended = (exitCode: number) => ({ exitCode, failure: { code: 'exit-code', exitCode } as const, ...times });
const CONFLICT =
  'service/shop serverside-applied\nerror: Apply failed with 1 conflict: conflict with "helm" using apps/v1: .spec.replicas\n';
const DEPLOYED =
  'Release "shop" has been upgraded. Happy Helming!\nNAME: shop\nNAMESPACE: shop\nSTATUS: deployed\nREVISION: 7\n';

/** One of each, by name. */
export const SUMMARIES: Readonly<Record<string, string>> = {
  succeeded: written('prod-weu', 'succeeded', {
    exitCode: 0,
    ...times,
    ...output(DEPLOYED),
    podSummary: '| release | revision |\n| --- | --- |\n| shop | 7 |\n',
  }),
  allowed: written('prod-weu', 'succeeded', { exitCode: 9, ...times, ...output('9 changes\n') }),
  failed: written('prod-weu', 'failed', { ...ended(1), ...output(CONFLICT) }),
  'failed-long': written('prod-weu', 'failed', {
    ...ended(1),
    ...output(`${'deployment.apps/web unchanged\n'.repeat(60)}error: the path "k8s/app.yaml" does not exist\n`),
  }),
  unknown: written('prod-weu', 'unknown', {
    failure: { code: 'submission-unclear', answer: { kind: 'unanswered', sent: 'perhaps', cause: 'socket hang up' } },
  }),
  'not-started': written('prod-weu', 'not-started', {
    failure: {
      code: 'did-not-start',
      submissions: 3,
      answer: {
        kind: 'answered',
        status: 400,
        headers: { 'x-ms-request-id': '8c1e6b0a-5d6f-4f0e-9d55-2f0a4d1f1c11' },
        body: JSON.stringify({
          code: 'KubernetesPerformanceError',
          message:
            'container command-476c in aks-command namespace did not start within 30s on your cluster, retry may helps',
        }),
      },
    },
  }),
  running: written('prod-weu', 'running', { failure: { code: 'cancelled', mayStartUntil: 1_795_608_090 } }),
  'not-waited': written('prod-weu', 'running', { failure: { code: 'not-waited' } }),
  'dry-run': written('prod-weu', 'dry-run'),
  collected: written('prod-weu', 'succeeded', {
    exitCode: 0,
    ...times,
    ...output('2 tests passed\n'),
    collected: {
      folder: '/home/runner/work/_temp/aks-run-command-x/collected',
      files: [
        { path: 'reports/junit.xml', bytes: 48_123 },
        { path: 'reports/coverage.json', bytes: 120_400 },
      ],
      leftOut: [{ name: 'reports/latest', reason: 'link' }],
      leftOutMore: 0,
      unheld: [],
      unmatched: ['logs/*.txt'],
    },
  }),
};

/** The summaries of a matrix of forty clusters, one below the other as GitHub shows them. */
export const MATRIX = Array.from({ length: 40 }, (_, index) => {
  const name = `${['prod', 'test'][index % 2] ?? ''}-${['weu', 'neu', 'eus', 'sea'][index % 4] ?? ''}-${index + 1}`;
  if (index % 13 === 5) return written(name, 'failed', { ...ended(1), ...output(CONFLICT) });
  if (index === 17) return written(name, 'unknown', { failure: { code: 'no-exit-code' } });
  return written(name, 'succeeded', { exitCode: 0, ...times, ...output(DEPLOYED) });
}).join('\n');
