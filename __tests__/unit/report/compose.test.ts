import { describe, expect, test } from '@jest/globals';
import { parseEnvironment } from '../../../src/azure/cloud.ts';
import { reportOn, type Known } from '../../../src/report/compose.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
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
  ])('%s', (_name, variables, expected) => {
    expect(move(variables)).toContain(expected);
  });
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
