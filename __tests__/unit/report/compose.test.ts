import { describe, expect, test } from '@jest/globals';
import { parseEnvironment } from '../../../src/azure/cloud.ts';
import { reportOn, type Known } from '../../../src/report/report.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { PROMPT } from '../../../src/hosts/words.ts';
import { ID, keptHost } from '../ports.ts';

type Variables = Readonly<Record<string, string>>;

const NO_TOKEN: Verdict = withoutResult('not-started', { code: 'no-id-token' });
const TARGET: Known['target'] = {
  cluster: { subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6', resourceGroup: 'rg', name: 'prod' },
  signIn: { kind: 'ambient' },
  environment: environment(),
};

function environment() {
  const parsed = parseEnvironment('azurecloud');
  if (parsed === undefined) throw new Error('no such cloud');
  return parsed;
}

function reported(verdict: Verdict, variables: Variables = {}, isFromFork?: boolean) {
  const host = { ...keptHost({}, variables), ...(isFromFork !== undefined && { isFromFork: () => isFromFork }) };
  return reportOn(verdict, { target: TARGET, command: 'true', shipment: undefined, host });
}

describe('the document that a report links to', () => {
  const OURS = { GITHUB_ACTION_REPOSITORY: 'octo/action', GITHUB_ACTION_REF: 'v1' };
  test.each<[string, Variables, string | undefined]>([
    ['of the version that runs', OURS, 'https://github.com/octo/action/blob/v1/docs/TROUBLESHOOTING.md'],
    [
      'on a GitHub Enterprise Server',
      { ...OURS, GITHUB_SERVER_URL: 'https://ghes.example:8443' },
      'https://ghes.example:8443/octo/action/blob/v1/docs/TROUBLESHOOTING.md',
    ],
    ['none outside of a workflow', {}, undefined],
    [
      'none where the ref is unknown, as of an action in the same repository',
      { ...OURS, GITHUB_ACTION_REF: '' },
      undefined,
    ],
    ['none where the ref would end the link', { ...OURS, GITHUB_ACTION_REF: 'a) [click](b' }, undefined],
    ['none without TLS', { ...OURS, GITHUB_SERVER_URL: 'http://ghes.example' }, undefined],
  ])('%s', (_name, variables, docs) => {
    expect(reported(NO_TOKEN, variables).docs).toBe(docs);
  });
});

describe('a job without an ID token is told why, by who started it', () => {
  test.each<[string, Variables, boolean | undefined, string]>([
    ['Dependabot', { GITHUB_ACTOR: 'dependabot[bot]' }, undefined, 'Dependabot'],
    ['a pull request from a fork', {}, true, 'fork'],
    ['somebody of the repository', {}, false, 'permission'],
    ['nobody knows', {}, undefined, 'permission'],
  ])('%s', (_name, variables, isFromFork, word) => {
    const [first] = reported(NO_TOKEN, variables, isFromFork).explanations;
    expect(`${first?.sentence}\n${first?.move}`).toContain(word);
  });
});

describe('the YAML to paste names the job and the step', () => {
  const notWaited = withoutResult('running', { code: 'not-waited' }, ID);
  const move = (variables: Variables) => reported(notWaited, variables).explanations[0]?.move ?? '';
  test.each<[string, Variables, string]>([
    ['of both', { GITHUB_JOB: 'deploy', GITHUB_ACTION: 'start' }, 'steps.start.outputs'],
    [
      'a step without an id, which the runner makes up',
      { GITHUB_JOB: 'deploy', GITHUB_ACTION: '__octo_action' },
      'steps.STEP_ID.outputs',
    ],
    ['a name that is none', { GITHUB_JOB: 'a b', GITHUB_ACTION: '}} x' }, 'steps.STEP_ID.outputs'],
    ['the job', { GITHUB_JOB: 'deploy', GITHUB_ACTION: 'start' }, 'needs.deploy.outputs'],
    ['a job whose name is none', { GITHUB_JOB: 'a b' }, 'needs.JOB_ID.outputs'],
  ])('%s', (_name, variables, expected) => {
    expect(move(variables)).toContain(expected);
  });
});

describe('a report is made of what is known', () => {
  const shipment = { files: [{ path: 'a.yaml', bytes: 1 }], zipBytes: 9 };
  test('all of it', () => {
    expect(reportOn(NO_TOKEN, { target: TARGET, command: 'true', shipment, host: keptHost() })).toMatchObject({
      cluster: TARGET.cluster,
      command: 'true',
      shipment,
    });
  });

  test('nothing, where the inputs are invalid', () => {
    const nothing = { target: undefined, command: undefined, shipment: undefined, host: keptHost() };
    expect(Object.keys(reportOn(NO_TOKEN, nothing))).toEqual(['verdict', 'explanations']);
  });

  const claims = { issuer: '', subject: '', audience: '', jobWorkflowRef: '' };
  const body = JSON.stringify({ error_description: 'AADSTS700213: No matching federated identity record found.' });
  const answer = { kind: 'answered', status: 400, headers: {}, body } as const;
  const entra = withoutResult('not-started', { code: 'entra', answer, claims, scope: 'x/.default' });
  const late = withoutResult('running', { code: 'no-answer-in-time', seconds: 60 }, ID);
  const onGitHub = { GITHUB_ACTIONS: 'true' };
  test.each<[string, Verdict, Variables, Partial<Known['host']>, string]>([
    ['the repository', entra, { GITHUB_REPOSITORY: 'octo/app' }, {}, 'repo:octo/app:ref:refs/heads/BRANCH'],
    ['no repository', entra, {}, {}, 'repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH'],
    ['the command', late, {}, {}, `--command-id ${ID}`],
    ['a prompt in a workflow', NO_TOKEN, onGitHub, { words: PROMPT }, 'In GitHub Actions, the job needs'],
  ])('%s', (_name, verdict, variables, more, expected) => {
    const host = { ...keptHost({}, variables), ...more };
    const { explanations } = reportOn(verdict, { target: TARGET, command: 'true', shipment: undefined, host });
    expect(explanations[0]?.move).toContain(expected);
  });

  test('a prompt of no workflow is not told about jobs', () => {
    const host = { ...keptHost(), words: PROMPT };
    const { explanations } = reportOn(NO_TOKEN, { target: TARGET, command: 'true', shipment: undefined, host });
    expect(explanations[0]?.move).not.toContain('the job needs');
  });
});

describe('what a command complained of is why the step fails, unless it succeeded', () => {
  const output = { text: 'error: the path "k8s/app.yaml" does not exist\n', truncated: false };
  const exited = (refused: number, exitCode: number): Verdict => ({
    ...withoutResult('failed', { code: 'exit-code', exitCode: refused }),
    exitCode,
    output,
  });
  const lost = { ...exited(0, 0), failure: { code: 'outputs-lost' as const } };
  test.each<[string, Verdict, readonly string[]]>([
    ['it failed', exited(1, 1), ['kubectl-path']],
    ['it failed, and the container was killed after that', exited(3, 0), ['kubectl-path']],
    ['it succeeded, and the container was killed after that', exited(0, 137), ['exit-code']],
    ['it succeeded, and its outputs were lost', lost, ['outputs-lost']],
  ])('%s', (_name, verdict, sections) => {
    expect(reported(verdict).explanations.map(({ section }) => section)).toEqual(sections);
  });
});

test.each<[string, Verdict, RegExp, number]>([
  ['once, where it is the heading', NO_TOKEN, /lacks permission to request/g, 1],
  [
    'a code as a number, without marks',
    { ...withoutResult('failed', { code: 'exit-code', exitCode: 3 }), exitCode: 3 },
    /prod`?: exit code 3\n/g,
    1,
  ],
])('the summary says why: %s', (_name, verdict, words, times) => {
  expect(summary(reported(verdict)).match(words)).toHaveLength(times);
});

describe('collected files that cannot be used', () => {
  const problem = { kind: 'uncollected', because: 'time' } as const;
  const collected = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [], problem };
  const exited = { ...withoutResult('failed', { code: 'exit-code', exitCode: 3 }, ID), exitCode: 3, collected };
  const usable = {
    ...exited,
    collected: { folder: '/temp', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] },
  };
  const failedByFiles = { ...withoutResult('failed', { code: 'collect', problem }, ID), exitCode: 0, collected };
  test.each<[string, Verdict, readonly string[]]>([
    ['are explained beside what else failed', exited, ['exit-code', 'collect']],
    ['are explained once where they are the failure', failedByFiles, ['collect']],
    ['say nothing where they can be used', usable, ['exit-code']],
  ])('%s', (_name, verdict, sections) => {
    expect(reported(verdict).explanations.map(({ section }) => section)).toEqual(sections);
  });
});
