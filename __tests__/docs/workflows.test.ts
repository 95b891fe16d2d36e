import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readDocument, root } from './markdown.ts';
import { ACTION, findingsOf } from './workflow.ts';

type Job = {
  environment?: string;
  if?: string;
  permissions?: unknown;
  steps: { run?: string; if?: string }[];
};
type Workflow = { on: unknown; permissions: unknown; jobs: Record<string, Job> };

const read = (file: string) => parse(readDocument(file)) as Workflow;
const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`);
const own = filesIn('.github/workflows');
const examples = filesIn('examples');

describe.each([...own, ...examples])('the workflow %s', (file) => {
  test('grants permissions to jobs only, and pins other actions to commits with versions', () => {
    const uses = [...readDocument(file).matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
    const pinned = /^\.\/|@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    const loose = uses.filter((action) => action !== ACTION && !pinned.test(action));
    expect({ permissions: read(file).permissions, loose }).toEqual({ permissions: {}, loose: [] });
  });
});

describe.each(own)('our workflow %s', (file) => {
  const scripts = Object.values(read(file).jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run ?? []),
  );

  test('puts no expression into a script', () => {
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});

test('our composite actions put no expression into a script', () => {
  for (const name of readdirSync(path.join(root, '.github/actions')))
    expect(readDocument(`.github/actions/${name}/action.yml`)).not.toContain('${{');
});

test("dist of Dependabot's pull requests is pushed by a job that runs no code of theirs", () => {
  const { jobs } = read('.github/workflows/dependabot-dist.yml');
  const { build, push } = jobs;
  const scripts = push?.steps.flatMap(({ run }) => run ?? []).join('\n');

  expect(build?.permissions).toEqual({ contents: 'read' });
  expect(push).toMatchObject({ needs: 'build', permissions: { contents: 'write' } });
  expect(scripts).toContain('git add --all -- dist\n');
  expect(scripts).not.toMatch(/\bn(?:pm|px|ode)\b/);
  for (const needed of [
    "github.event.pull_request.user.login == 'dependabot[bot]'",
    'github.event.pull_request.head.repo.full_name == github.repository',
  ])
    expect(build?.if).toContain(needed);
});

test('the acceptance run is started by hand only, and deletes what it made', () => {
  const { on, jobs } = read('.github/workflows/acceptance.yml');
  expect({ on, environment: jobs['acceptance']?.environment }).toEqual({
    on: 'workflow_dispatch',
    environment: 'acceptance',
  });
  const deletes = { if: 'always()', run: expect.stringContaining('group delete') };
  expect(jobs['acceptance']?.steps.at(-1)).toMatchObject(deletes);
});

test.each([...own, ...examples])("GitHub's language service finds nothing in %s", async (file) => {
  expect(await findingsOf(readDocument(file))).toEqual([]);
});

test.each(examples)('%s begins with what it does and what to set up', (file) => {
  const text = readDocument(file);
  const header = text.slice(0, text.indexOf('\nname: '));
  expect(header).toMatch(/^(#.*\n?)+$/);
  expect(header).toContain('# Set up: ');
});
