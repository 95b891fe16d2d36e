import { pathsIn } from '../github/expression.ts';
import type { Job, Step, Workflow } from '../github/workflow.ts';

/** Where a text of a workflow stands. */
export type Place = { readonly workflow: Workflow; readonly job: Job; readonly step?: Step };

/**
 * What anyone can write who may open an issue or a pull request, by GitHub's guide (Security
 * hardening, "Understanding the risk of script injections").
 */
const UNTRUSTED = `github.head_ref
  github.event.issue.title github.event.issue.body
  github.event.discussion.title github.event.discussion.body
  github.event.pull_request.title github.event.pull_request.body
  github.event.pull_request.head.ref github.event.pull_request.head.label
  github.event.pull_request.head.repo.default_branch
  github.event.comment.body github.event.review.body github.event.review_comment.body
  github.event.pages.*.page_name
  github.event.commits.*.message github.event.commits.*.author.email
  github.event.commits.*.author.name
  github.event.head_commit.message github.event.head_commit.author.email
  github.event.head_commit.author.name
  github.event.workflow_run.head_branch github.event.workflow_run.display_title
  github.event.workflow_run.head_commit.message`.split(/\s+/);

/** A value by its path, and by the path where it comes from, which may be the same. */
type Untrusted = { readonly path: string; readonly source: string };

/** Untrusted values and secrets that the expressions of a text put into it. */
export function untrustedIn(text: string, place: Place): readonly Untrusted[] {
  return [...new Set(pathsIn(text))].flatMap((path) => {
    const [source] = sourcesOf(path, place, []);
    return source === undefined ? [] : [{ path, source }];
  });
}

/** @param seen the paths that have led here, which may be a circle */
function sourcesOf(path: string, place: Place, seen: readonly string[]): readonly string[] {
  if (seen.includes(path)) return [];
  const { workflow, job } = place;
  const [context = '', name = '', property = '', output = ''] = path.split('.');
  const within = (texts: readonly string[], inside = place) =>
    texts.flatMap(pathsIn).flatMap((inner) => sourcesOf(inner, inside, [...seen, path]));

  switch (context) {
    case 'github':
      if (path.startsWith('github.event.inputs.')) return isText(output, workflow) ? [path] : [];
      return UNTRUSTED.some((one) => isPart(one, path)) ? [path] : [];
    case 'secrets':
      return [path];
    case 'inputs':
      return isText(name, workflow) ? [path] : [];
    case 'env':
      return within([valueOf(name, place)]);
    case 'steps': {
      const step = job.steps.find(({ id, script }) => id === name && script !== '');
      if (step === undefined || property !== 'outputs') return [];
      return within([step.script, ...Object.values(step.env)], { ...place, step });
    }
    case 'needs': {
      const needed = workflow.jobs.find(({ id }) => id === name);
      if (needed === undefined || property !== 'outputs') return [];
      return within([needed.outputs[output] ?? ''], { workflow, job: needed });
    }
    default:
      return [];
  }
}

/** Whether one of two paths is part of the other; `*` is any name, and a number is one of many. */
function isPart(one: string, other: string): boolean {
  const names = other.toLowerCase().split('.');
  return one
    .split('.')
    .slice(0, names.length)
    .every((name, index) => name === '*' || names[index] === '*' || name === names[index]);
}

/** Whether an input of the workflow is any text, and not a number or one of some values. */
function isText(name: string, { inputs }: Workflow): boolean {
  return ['', 'string'].includes(inputs[name]?.type ?? 'unknown');
}

function valueOf(name: string, { workflow, job, step }: Place): string {
  return step?.env[name] ?? job.env[name] ?? workflow.env[name] ?? '';
}
