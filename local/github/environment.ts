import type { Job } from './issuer.ts';

/** GitHub's runner as an action sees it: the environment in which it starts. */

export type RunnerFacts = Readonly<{
  /** The stand-in's URL. */
  url: string;
  /** Certificate authority that the action's process must trust. */
  caFile: string;
  job: Job;
  requestToken: string;
}>;

/**
 * The variables of a step: its inputs, the OIDC request, and those of the run. They lack PATH, the
 * workspace, and the files for outputs and summary. The real runner also fills in the defaults
 * of `action.yml`; pass them as `inputs`.
 */
export function runnerEnv(
  facts: RunnerFacts,
  inputs: Readonly<Record<string, string>>,
): Record<string, string> {
  const { url, caFile, job, requestToken } = facts;
  return {
    ...inputVariables(inputs),
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/github/id-token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    NODE_EXTRA_CA_CERTS: caFile,
    CI: 'true',
    ...githubVariables(job),
  };
}

/** The variables of the run, whose values are also in the context `github`. */
export function githubVariables(job: Job): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: job.repository,
    GITHUB_REF: job.ref,
    GITHUB_REF_NAME: job.ref.replace(/^refs\/(heads|tags)\//, ''),
    GITHUB_SHA: job.sha,
    GITHUB_RUN_ID: job.runId,
    GITHUB_RUN_NUMBER: job.runNumber,
    GITHUB_RUN_ATTEMPT: job.runAttempt,
    GITHUB_ACTOR: job.actor,
    GITHUB_WORKFLOW: job.workflow,
    GITHUB_JOB: job.job,
    GITHUB_EVENT_NAME: job.eventName,
    GITHUB_SERVER_URL: job.serverUrl,
  };
}

/** Inputs as the runner hands them to an action. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]),
  );
}

/** The name that the runner uses: upper case, with `_` for spaces, and dashes unchanged. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
