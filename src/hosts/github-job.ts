import { readFileSync } from 'node:fs';
import { field, parseJson } from '../text/json.ts';
import type { Host, IdTokenSource } from './port.ts';

// What GitHub Actions provides to every step of a job: to this action, and to a `run` step that
// calls the command line.

/** GitHub's token service, if the job has the permission `id-token: write`. */
export function githubIdToken(variable: Host['variable']): IdTokenSource | undefined {
  const url = variable('ACTIONS_ID_TOKEN_REQUEST_URL');
  const requestToken = variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  if (!url || !requestToken) return undefined;
  return { kind: 'github', url, requestToken };
}

/** Whether the event that started the job is a pull request from a fork. */
export function isFromFork(variable: Host['variable']): boolean {
  try {
    const event = parseJson(readFileSync(variable('GITHUB_EVENT_PATH') ?? '', 'utf8'));
    const head = field(field(event, 'pull_request'), 'head');
    return field(field(head, 'repo'), 'fork') === true;
  } catch {
    return false;
  }
}
