import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEnvironment } from '../../../src/azure/cloud.ts';
import { resourceId } from '../../../src/azure/managed-cluster.ts';
import { PROMPT } from '../../../src/hosts/words.ts';
import { annotation, failureInLog } from '../../../src/report/annotation.ts';
import { fenced } from '../../../src/report/markdown.ts';
import { announce } from '../../../src/report/announcement.ts';
import {
  durationSeconds,
  headline,
  known,
  lastLine,
  reportOn,
  verdictLine,
  type Known,
  type Report,
} from '../../../src/report/report.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { expectGolden } from '../../golden.ts';
import { ID, keptHost } from '../ports.ts';
import { required } from './provocations.ts';

type Variables = Readonly<Record<string, string>>;

const CLUSTER = { subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6', resourceGroup: 'rg-prod', name: 'prod' };
const TARGET: Known['target'] = {
  cluster: CLUSTER,
  signIn: { kind: 'ambient' },
  environment: required(parseEnvironment('azurecloud')),
};
const SHIPMENT = {
  files: [
    { path: 'k8s/deployment.yaml', bytes: 1536 },
    { path: 'k8s/service.yaml', bytes: 200 },
  ],
  zipBytes: 900,
};
const NOTHING_COLLECTED = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };

const whole = (text: string) => ({ text, truncated: false, missingBytes: 0 });
const verdict = (state: State, more: Partial<Verdict> = {}): Verdict => ({
  ...withoutResult(state, undefined, ID),
  ...more,
});
const TIMES = { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:01:30Z' };
const ended = (more: Partial<Verdict> = {}): Verdict =>
  verdict('failed', {
    exitCode: 3,
    failure: { code: 'exit-code', exitCode: 3 },
    output: whole('pod/web created\nit failed\n'),
    ...TIMES,
    ...more,
  });
const succeeded = (more: Partial<Verdict> = {}): Verdict =>
  verdict('succeeded', { exitCode: 0, output: whole('pod/web created\n'), ...TIMES, ...more });
const NO_TOKEN = withoutResult('not-started', { code: 'no-id-token' });

function report(given: Verdict, more: Partial<Known> = {}, variables: Variables = {}): Report {
  const host = keptHost({}, variables);
  return reportOn(given, { target: TARGET, command: 'kubectl apply -f k8s\n', shipment: SHIPMENT, host, ...more });
}

const DOCS = { GITHUB_ACTION_REPOSITORY: 'octo/action', GITHUB_ACTION_REF: 'v1' };
const FORBIDDEN =
  'Error from server (Forbidden): pods is forbidden: User "u" cannot list resource "pods" in API group "" in the namespace "shop"';
const REFUSED: Verdict['failure'] = {
  code: 'submission-refused',
  answer: {
    kind: 'answered',
    status: 403,
    headers: { 'x-ms-request-id': '1234' },
    body: '{"code":"Odd","message":"M"}',
  },
};
const NASTY =
  '```\n</details>\n# Approved ✅\n::error::x\n##[error]y\n<img src=x onerror=alert(1)> [click](https://evil.example) @octo $x$\n\u001b[31mred\u001b[0m\n';

/** One report for each form of it. */
const REPORTS: Readonly<Record<string, Report>> = {
  succeeded: report(succeeded({ podSummary: '# Deployed\n\n| what | version |\n| --- | --- |\n| web | 7 |\n' }), {
    command: '#!/bin/bash\nset -euo pipefail\nkubectl apply -f k8s\n',
  }),
  failed: report(ended({ output: whole(`pod/web created\n${FORBIDDEN}\n`) }), {}, DOCS),
  'not-started': report(withoutResult('not-started', REFUSED), {}, DOCS),
  running: report(verdict('running', { failure: { code: 'no-answer-in-time', seconds: 1860 } }), {
    shipment: undefined,
    command: undefined,
  }),
  'dry-run': report(withoutResult('dry-run')),
  hostile: report(
    ended({
      output: whole(NASTY),
      podSummary: '# Mine\n',
      podSummaryCut: true,
      failure: { ...REFUSED, answer: { kind: 'answered', status: 500, headers: {}, body: NASTY } },
      collected: {
        ...NOTHING_COLLECTED,
        folder: '/temp/c',
        files: [{ path: NASTY, bytes: 1 }],
        unheld: [NASTY],
        unmatched: ['`a*'],
      },
    }),
    { command: `echo "${NASTY}"`, shipment: { files: [{ path: NASTY, bytes: 1 }], zipBytes: 1 } },
  ),
};

describe('as people see it', () => {
  test.each(Object.entries(REPORTS))('%s', async (name, given) => {
    const { title, message } = annotation(given);
    const told = given.verdict.failure ? `\n---\n\nThe annotation:\n${fenced(`${title}\n\n${message}`)}` : '';
    await expectGolden(new URL(`golden/${name}.md`, import.meta.url), summary(given) + told);
  });
});

describe('the headline', () => {
  test.each<[string, Verdict, string]>([
    ['a hint', ended({ output: whole(FORBIDDEN) }), 'prod: the identity cannot list pods in the cluster'],
    ['nothing better is known', ended(), 'prod: exit code 3'],
    ['success', succeeded(), 'prod: succeeded'],
    ['an allowed code', succeeded({ exitCode: 9 }), 'prod: succeeded, exit code 9 (allowed)'],
    ['dry run', withoutResult('dry-run'), 'prod: dry run, the command did not run'],
  ])('names the cluster and the cause: %s', (_name, given, line) => {
    expect(headline(report(given))).toBe(line);
  });

  test('without a cluster, it names the action', () => {
    expect(headline(report(NO_TOKEN, { target: undefined }))).toMatch(/^AKS Run Command: the job lacks/);
  });

  test.each<[string, Verdict, string]>([
    ['a success', succeeded(), 'prod: succeeded in 1m 30s'],
    ['a failure', ended(), 'prod: exit code 3, after 1m 30s'],
    ['less than a second', succeeded({ finishedAt: TIMES.startedAt }), 'prod: succeeded in less than 1s'],
    [
      'a timeout, which says its time',
      ended({ failure: { code: 'timed-out', seconds: 90 } }),
      'prod: the command timed out after 1m 30s',
    ],
    [
      'no times',
      verdict('running', { failure: { code: 'no-answer-in-time', seconds: 1860 } }),
      'prod: the command gave no result within 31m',
    ],
  ])('ends the log: %s', (_name, given, line) => {
    expect(lastLine(report(given))).toBe(line);
  });

  test.each<[string, number, string]>([
    ['of 160 characters is whole', 154, `prod: ${'x'.repeat(154)}`],
    ['of more is cut, without controls', 155, `prod: ${'x'.repeat(154)}…`],
  ])('as a title %s', (_name, length, title) => {
    const [first] = report(ended()).explanations;
    const long = { ...required(first), title: `\u001b[31m${'x'.repeat(length)}` };
    expect(annotation({ ...report(ended()), explanations: [long] }).title).toBe(title);
  });

  test.each([
    ['the first line', 'kubectl get pods\necho done', ' · `kubectl get pods`'],
    ['not a comment, a setting, or a blank', '\n# Deploy\n  set -e\n  ./deploy.sh\n', ' · `./deploy.sh`'],
    ['no more than 60 characters', `echo ${'x'.repeat(60)}`, ` · \`echo ${'x'.repeat(55)}…\``],
    ['nothing but comments', '# nothing', ''],
    ['foreign signs', '`a` <b> @c', ' · `` `a` <b> @c ``'],
  ])('in the summary names the command, which tells two steps apart: %s', (_name, command, shown) => {
    expect(summary(report(succeeded(), { command })).split('\n')[1]).toBe(`### ✅ prod: succeeded${shown}`);
  });
});

describe('a failure in a log that is read from top to bottom', () => {
  test('the sentence of the cause is the headline, and the rest follows', () => {
    expect(failureInLog(report(withoutResult('not-started', REFUSED)))).toMatchObject({
      title: 'prod: Azure refused the command',
      message: expect.stringMatching(
        /^The command did not run\.\n\nHTTP 403 Odd: M\n[^]+\n\nThe error above is from Azure/,
      ),
    });
    expect(failureInLog(report(ended()))).toEqual({ title: 'prod: the command exited with code 3', message: '' });
  });

  test.each([
    ['with its time', ended(), 'prod: failed, after 1m 30s'],
    ['nothing without one', NO_TOKEN, ''],
  ])('the last line is the verdict, %s', (_name, given, line) => {
    expect(verdictLine(report(given))).toBe(line);
  });

  test.each([
    [
      'in an annotation: the end of the output',
      annotation,
      ended(),
      ['The last lines of its output:\npod/web created\nit failed'],
    ],
    [
      'in an annotation: the error',
      annotation,
      ended({ output: whole(`a\n${FORBIDDEN}`) }),
      [`The first error in its output:\n${FORBIDDEN}`],
    ],
    ['below the output: nothing of it', failureInLog, ended(), []],
    [
      'below the output: the error',
      failureInLog,
      ended({ output: whole(`a\n${FORBIDDEN}`) }),
      [`The first error in its output:\n${FORBIDDEN}`],
    ],
  ])('what is quoted %s', (_name, tell, given, quotes) => {
    const parts = tell(report(given)).message.split('\n\n');
    expect(parts.map((part) => part.trimEnd()).filter((part) => part.includes('output:'))).toEqual(quotes);
  });
});

describe('what is known about the command', () => {
  const failed = (failure: Verdict['failure'], exitCode?: number) =>
    verdict('failed', { ...(failure && { failure }), ...(exitCode !== undefined && { exitCode }) });
  test.each<[string, Verdict, string]>([
    ['the failure says it', failed({ code: 'exit-code', exitCode: 3 }), ''],
    ['a hint does not', ended({ output: whole(FORBIDDEN) }), 'The command exited with code 3.'],
    ['the timeout says it', failed({ code: 'timed-out', seconds: 1 }), ''],
    ['lost outputs', failed({ code: 'outputs-lost' }, 0), 'The command itself succeeded.'],
    ['malformed ones', failed({ code: 'outputs-malformed', line: 1, problem: '' }, 0), 'The command itself succeeded.'],
    ['lost output', failed({ code: 'output-lost' }, 0), 'The command itself succeeded.'],
    ['too large ones', failed({ code: 'outputs-too-large' }, 7), 'The command exited with code 7.'],
    ['a refused submission', NO_TOKEN, 'The command did not run.'],
    [
      'a cancel',
      verdict('running', { failure: { code: 'cancelled' } }),
      'The command is still running in the cluster.',
    ],
    [
      'a cancel before the pod started',
      verdict('running', { failure: { code: 'cancelled', mayStartUntil: 1_795_608_090 } }),
      'The command has not started yet, and may still start until 12:01:30 UTC.',
    ],
    [
      'a cancel during the submission',
      verdict('unknown', { failure: { code: 'cancelled', mayStartUntil: 1_795_608_090 } }),
      'The command may or may not have run, and may still start until 12:01:30 UTC.',
    ],
    [
      'a cancel of the wait for an earlier command',
      verdict('running', { failure: { code: 'cancelled', unstarted: true } }),
      'Azure has not shown that the command started.',
    ],
    [
      'no answer in time, and no start',
      verdict('running', { failure: { code: 'no-answer-in-time', seconds: 60, unstarted: true } }),
      'Azure has not shown that the command started.',
    ],
    [
      'no answer in time after a start',
      verdict('running', { failure: { code: 'no-answer-in-time', seconds: 60 } }),
      'The command is still running in the cluster.',
    ],
    [
      'nothing of it',
      verdict('unknown', { failure: { code: 'no-exit-code' } }),
      'The command may or may not have run.',
    ],
    ['a success', succeeded(), 'The command ran and succeeded.'],
  ])('%s', (_name, given, sentence) => {
    expect(known(report(given))).toBe(sentence);
  });

  test('if nothing explains it, the exit code is what is known', () => {
    expect(known({ verdict: ended(), explanations: [] })).toBe('The command exited with code 3.');
  });
});

describe('what a report is made of', () => {
  test('invalid inputs leave nothing but the verdict', () => {
    const nothing = { target: undefined, command: undefined, shipment: undefined, host: keptHost() };
    const { verdict, explanations, ...rest } = reportOn(NO_TOKEN, nothing);
    expect(rest).toEqual({});
    expect([verdict, explanations.length]).toEqual([NO_TOKEN, 1]);
  });

  test.each<[string, Variables, string | undefined]>([
    ['of the version that runs', DOCS, 'https://github.com/octo/action/blob/v1/docs/TROUBLESHOOTING.md'],
    [
      'on a GitHub Enterprise Server',
      { ...DOCS, GITHUB_SERVER_URL: 'https://ghes.example:8443' },
      'https://ghes.example:8443/octo/action/blob/v1/docs/TROUBLESHOOTING.md',
    ],
    ['none outside of a workflow', {}, undefined],
    ['none if the ref is unknown', { ...DOCS, GITHUB_ACTION_REF: '' }, undefined],
    ['none if the ref would end the link', { ...DOCS, GITHUB_ACTION_REF: 'a) [click](b' }, undefined],
    ['none without TLS', { ...DOCS, GITHUB_SERVER_URL: 'http://ghes.example' }, undefined],
  ])('the document that it links to: %s', (_name, variables, docs) => {
    expect(report(NO_TOKEN, {}, variables).docs).toBe(docs);
  });

  const entra: Verdict = withoutResult('not-started', {
    code: 'entra',
    answer: { kind: 'answered', status: 400, headers: {}, body: '{"error_description":"AADSTS700213: No."}' },
    claims: { issuer: '', subject: '', audience: '', jobWorkflowRef: '' },
    scope: 'x/.default',
  });
  const notWaited = withoutResult('running', { code: 'not-waited' }, ID);
  const forked = (isFork: boolean) => ({ host: { ...keptHost(), isFromFork: () => isFork } });
  test.each<[string, Verdict, Variables, Partial<Known>, string, boolean]>([
    ['the repository', entra, { GITHUB_REPOSITORY: 'octo/app' }, {}, 'repo:octo/app:ref:refs/heads/BRANCH', true],
    ['no repository', entra, {}, {}, 'repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH', true],
    ['Dependabot', NO_TOKEN, { GITHUB_ACTOR: 'dependabot[bot]' }, {}, "github.actor != 'dependabot[bot]'", true],
    ['a fork', NO_TOKEN, {}, forked(true), 'head.repo.fork', true],
    ['no fork', NO_TOKEN, {}, forked(false), 'id-token: write', true],
    ['the step', notWaited, { GITHUB_JOB: 'deploy', GITHUB_ACTION: 'start' }, {}, 'steps.start.outputs', true],
    ['a step without an id', notWaited, { GITHUB_ACTION: '__octo_action' }, {}, 'steps.STEP_ID.outputs', true],
    ['no name of a step', notWaited, { GITHUB_ACTION: '}} x' }, {}, 'steps.STEP_ID.outputs', true],
    ['the job', notWaited, { GITHUB_JOB: 'deploy' }, {}, 'needs.deploy.outputs', true],
    ['no name of a job', notWaited, { GITHUB_JOB: 'a b' }, {}, 'needs.JOB_ID.outputs', true],
    [
      'a prompt in a workflow',
      NO_TOKEN,
      {},
      { host: { ...keptHost({}, { GITHUB_ACTIONS: 'true' }), words: PROMPT } },
      'In GitHub Actions, the job needs',
      true,
    ],
    ['a prompt elsewhere', NO_TOKEN, {}, { host: { ...keptHost(), words: PROMPT } }, 'the job needs', false],
  ])('the next move depends on %s', (_name, given, variables, more, words, has) => {
    expect((report(given, more, variables).explanations[0]?.move ?? '').includes(words)).toBe(has);
  });

  const output = whole('error: the path "k8s/app.yaml" does not exist\n');
  const exited = (refused: number, exitCode: number) =>
    ended({ failure: { code: 'exit-code', exitCode: refused }, exitCode, output });
  const collected = { ...NOTHING_COLLECTED, problem: { kind: 'uncollected', because: 'time' } } as const;
  test.each<[string, Verdict, readonly string[]]>([
    ['it failed', exited(1, 1), ['kubectl-path']],
    ['it failed, and the container was killed after that', exited(3, 0), ['kubectl-path']],
    ['it succeeded, and the container was killed after that', exited(0, 137), ['exit-code']],
    [
      'it succeeded, and its outputs were lost',
      { ...exited(0, 0), failure: { code: 'outputs-lost' } },
      ['outputs-lost'],
    ],
    ['its files did not come back either', ended({ collected }), ['exit-code', 'collect']],
    ['only they did not', ended({ failure: { code: 'collect', problem: collected.problem }, collected }), ['collect']],
    ['they came back', ended({ collected: { ...NOTHING_COLLECTED, folder: '/temp' } }), ['exit-code']],
  ])('why the step fails: %s', (_name, given, sections) => {
    expect(report(given).explanations.map(({ section }) => section)).toEqual(sections);
  });

  test.each([
    ['no beginning', undefined, TIMES.finishedAt, undefined],
    ['no end', TIMES.startedAt, undefined, undefined],
    ['a time of no calendar', '2026-99-25T12:00:00Z', TIMES.finishedAt, undefined],
    ['whole seconds', TIMES.startedAt, '2026-11-25T12:00:09.6Z', 10],
    ['an end before the beginning', '2026-11-25T12:00:01Z', TIMES.startedAt, 0],
  ])('the duration: %s', (_name, startedAt, finishedAt, seconds) => {
    const times = { ...(startedAt !== undefined && { startedAt }), ...(finishedAt !== undefined && { finishedAt }) };
    expect(durationSeconds(verdict('succeeded', times))).toBe(seconds);
  });
});

describe('limits of the annotation', () => {
  const withWords = (length: number) => {
    const [first] = report(withoutResult('not-started', REFUSED)).explanations;
    return annotation({ verdict: NO_TOKEN, explanations: [{ ...required(first), words: 'x'.repeat(length) }] });
  };
  test('4,000 characters are whole, and of one more the last is cut', () => {
    const around = withWords(1).message.length - 1;
    expect(withWords(4000 - around)).toMatchObject({ whole: true, message: expect.stringMatching(/[^…]$/) });
    const { whole: isWhole, message } = withWords(4001 - around);
    expect([isWhole, message.length, message.endsWith('…')]).toEqual([false, 4001, true]);
  });

  test('of an output, the last ten lines are quoted', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const { message } = annotation(report(ended({ output: whole(lines.join('\n')) })));
    expect(message.trimEnd().split('\n').slice(-11)).toEqual(['The last lines of its output:', ...lines.slice(-10)]);
  });

  test('of an error on one long line, its first 1,200 characters are quoted', () => {
    const { message } = annotation({ ...report(ended()), firstError: 'x'.repeat(1300) });
    expect(message).toMatch(/:\nx{1200}$/);
  });
});

describe('the summary', () => {
  test.each<[string, number, Verdict, boolean, boolean]>([
    ['a screen of a failure', 30, ended(), false, false],
    ['more of a failure, below its last lines', 31, ended(), true, true],
    ['a few lines of a success', 10, succeeded(), false, false],
    ['more of a success', 11, succeeded(), true, false],
  ])('folds the output: %s', (_name, lines, given, isFolded, hasLastLines) => {
    const markdown = summary(report({ ...given, output: whole('x\n'.repeat(lines)) }));
    expect([
      markdown.includes(`<details><summary>Output, ${lines} lines</summary>`),
      markdown.includes(`**The last lines of its output:**\n\n\`\`\`text\n${'x\n'.repeat(20)}\`\`\``),
    ]).toEqual([isFolded, hasLastLines]);
  });

  test('of a long output of a failure, the first error comes first', () => {
    const markdown = summary(report(ended({ output: whole(`${FORBIDDEN}\n${'x\n'.repeat(100)}`) })));
    expect(Array.from(markdown.matchAll(/^\*\*(The .*)\*\*$/gm), ([, label]) => label)).toEqual([
      'The first error in its output:',
      'The last lines of its output:',
    ]);
  });

  test.each<[string, string, boolean, string]>([
    ['nothing', ' \n', false, '\nThe command wrote nothing.\n'],
    ['half of it', 'half\n', true, '**Output, 1 line, incomplete**'],
    ['nothing of it', '', true, '**Output, 1 line, incomplete**'],
    ['its end', 'x\n'.repeat(200_000), false, 'Output, the last 65,536 of 200,000 lines</summary>'],
  ])('says what came of the output: %s', (_name, text, truncated, words) => {
    expect(summary(report(succeeded({ output: { text, truncated } })))).toContain(words);
  });

  test.each<[string, Verdict | undefined, string | undefined]>([
    [
      'a failure',
      ended(),
      '[More about this failure](https://github.com/octo/action/blob/v1/docs/TROUBLESHOOTING.md#exit-code)',
    ],
    [
      'a command that is not waited for',
      verdict('running', { failure: { code: 'not-waited' } }),
      '[More about this state](',
    ],
    ['nothing for a success', succeeded(), undefined],
  ])('links to more about %s', (_name, given, link) => {
    const markdown = summary(report(required(given), {}, DOCS));
    expect(markdown.includes(link ?? '[More about')).toBe(link !== undefined);
  });

  test.each<[string, Verdict['collected'], boolean, boolean]>([
    ['none were asked for', undefined, false, false],
    [
      'some came',
      { ...NOTHING_COLLECTED, folder: '/c', files: [{ path: 'r.xml', bytes: 5 }], unmatched: ['a*'] },
      true,
      true,
    ],
    ['none came', { ...NOTHING_COLLECTED, unmatched: ['a*'] }, false, true],
  ])('has the collected files: %s', (_name, collected, hasList, hasWarning) => {
    const markdown = summary(report(succeeded(collected && { collected })));
    expect([
      markdown.includes('\n**Collected, 1 file, 5 B**\n\n```text\n      5 B  r.xml\n```\n'),
      markdown.includes('\nNo files were collected for the pattern `a*`.\n'),
    ]).toEqual([hasList, hasWarning]);
  });

  test('has the command alone if no files went with it', () => {
    expect(summary(report(NO_TOKEN, { shipment: undefined }))).toContain(
      '<details><summary>Command</summary>\n\n```bash\nkubectl apply -f k8s\n```\n\n</details>',
    );
  });

  // Each is the worst in one place: three bytes for one in a block, two or four in prose, a line of its own, a long name.
  test.each(['\u0001', '*', '`', '`a', '- \n', '  \n', 'ä', '\u202e'])(
    'of everything with %j stays below 1 MiB',
    (bad) => {
      const long = bad.repeat(150_000);
      const files = [{ path: long, bytes: 1 }];
      const [first] = report(withoutResult('not-started', REFUSED)).explanations;
      const explanation = { ...required(first), sentence: long, words: long, move: long };
      const marked = { title: `\ue000${long}\ue001`, sentence: `\ue000${long}\ue001`, move: `\ue000${long}\ue001` };
      const markdown = summary({
        ...report(ended()),
        verdict: ended({
          output: whole(long),
          podSummary: 'x'.repeat(64 * 1024),
          podSummaryCut: true,
          collected: {
            ...NOTHING_COLLECTED,
            folder: '/c',
            files,
            unheld: files.map(({ path }) => path),
            unmatched: [long],
          },
        }),
        explanations: Array.from({ length: 5 }, () => ({ ...explanation, titleSaysAll: false, marked })),
        command: long,
        firstError: long,
        shipment: { files, zipBytes: 1 },
      });
      expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    },
  );

  test('lets no foreign text out of its block or its code, whatever it is', () => {
    const text = fc
      .array(
        fc.constantFrom(
          '`',
          '``',
          '```\n',
          '\n',
          '</details>\n',
          '# x\n',
          '| a |\n',
          '\r',
          'CANARY',
          '<b>',
          '\\',
          '\ue000',
          '\ue001',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, text, (output, command, body, path) => {
        const failure = { ...REFUSED, answer: { kind: 'answered', status: 500, headers: {}, body } } as const;
        const collected = { ...NOTHING_COLLECTED, folder: '/c', files: [{ path, bytes: 1 }], unmatched: [path] };
        const files = { files: [{ path, bytes: 1 }], zipBytes: 1 };
        const broken = { code: 'files', problem: { kind: 'broken-link', path } } as const;
        for (const given of [
          ended({ output: whole(output), failure, collected }),
          withoutResult('not-started', broken),
        ]) {
          expect(ourOwn(summary(report(given, { command, shipment: files })))).not.toMatch(/CANARY|<b>|^# x/m);
        }
      }),
    );
  });
});

/** What of a summary is neither in a fenced block nor in a code span. */
function ourOwn(markdown: string): string {
  let fence = '';
  const lines = markdown.split('\n').filter((line) => {
    const ticks = /^`{3,}/.exec(line)?.[0] ?? '';
    const isOutside = fence === '';
    if (isOutside) fence = ticks;
    else if (line === fence) fence = '';
    return isOutside && ticks === '';
  });
  return lines.join('\n').replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, '');
}

test('what is sent, for the log: names of variables and not their values; of a dry run, what it would do', () => {
  const plain = {
    cluster: CLUSTER,
    command: 'kubectl apply -f k8s\necho done\n',
    shipment: SHIPMENT,
    env: [{ name: 'IMAGE', value: 'secret' }, { name: 'REGION' }],
    shell: 'sh' as const,
    timeout: 1800,
    collect: ['a*'],
    dryRun: false,
  };
  const told = (more: object) => {
    const { log, transcript } = keptHost();
    announce({ ...plain, ...more }, log);
    return transcript.join('\n').split('\n');
  };
  const [cluster, ...command] = [
    `cluster    ${resourceId(CLUSTER)}`,
    'command',
    '  kubectl apply -f k8s',
    '  echo done',
  ];
  const [variables, ...files] = [
    'variables  IMAGE, REGION',
    'files      2 files, 1.7 KB, zip 900 B',
    '     1.5 KB  k8s/deployment.yaml',
    '      200 B  k8s/service.yaml',
  ];
  expect(told({})).toEqual(['group Sending to prod', cluster, ...files, variables, ...command]);
  expect(told({ shipment: { files: [], zipBytes: 9 }, env: [] }).slice(1)).toEqual([cluster, ...command]);
  const dry = told({ dryRun: true });
  expect(dry.slice(5)).toEqual([
    variables,
    'shell      sh -e',
    'timeout    30m',
    ...command,
    'show Would collect: a*',
    expect.stringContaining('did not check the permission'),
  ]);
});
