import { readFile } from 'node:fs/promises';
import { describeAnswer } from '../../azure/answer.ts';
import { readIdToken, type IdTokenClaims } from '../../azure/id-token.ts';
import { field, parseJson } from '../../azure/json.ts';
import { messageOf, StepError } from '../../failure.ts';
import { ours, type Ours } from '../../text/ours.ts';
import { retrying, type Attempt } from '../../lifecycle/retry.ts';
import { createClient } from './client.ts';
import { bearer, exchange } from './exchange.ts';
import type { TokenPorts } from './ports.ts';

/** An ID token, with which an application proves who it is. */
type Assertion = { readonly jwt: string; readonly claims: IdTokenClaims };

export type Assertions = {
  /** Where they come from, for the log. */
  readonly title: Ours;
  /** One that is still valid. It lives about five minutes, so it is fetched when needed (Azure/login#180), and kept for its life. */
  fresh(): Promise<Assertion>;
};

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The ID tokens of this job: from the variable that the user named, else from GitHub's token service if the job may ask it,
 * else from the file that the host knows of.
 *
 * @throws StepError `no-id-token` if there is none of them.
 */
export function assertionsFor(audience: string, ports: TokenPorts): Assertions {
  const { clock, host } = ports;
  const { title, fetch } = idTokenSource(audience, ports);
  let known: (Assertion & { readonly usableUntil: number }) | undefined;
  let fetching: Promise<Assertion> | undefined;

  async function fetchAssertion(): Promise<Assertion> {
    const jwt = await fetch();
    host.mask(jwt);
    const { claims, lifetimeMs } = readIdToken(jwt);
    known = { jwt, claims, usableUntil: clock.now() + lifetimeMs };
    return known;
  }

  return {
    title,
    async fresh() {
      if (known && clock.now() < known.usableUntil) return known;
      fetching ??= fetchAssertion().finally(() => (fetching = undefined));
      return fetching;
    },
  };
}

type IdTokenSource = { readonly title: Ours; readonly fetch: () => Promise<string> };

function idTokenSource(audience: string, ports: TokenPorts): IdTokenSource {
  const { variable, idTokenEnv, idTokenFile } = ports.host;
  if (idTokenEnv) {
    return {
      title: ours`Signing in with the ID token of --id-token-env`,
      fetch: () => fromVariable(idTokenEnv, ports),
    };
  }
  const url = variable('ACTIONS_ID_TOKEN_REQUEST_URL');
  const requestToken = variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  if (url && requestToken) {
    const request = { url: `${url}&audience=${encodeURIComponent(audience)}`, requestToken };
    return { title: ours`Signing in with GitHub's ID token`, fetch: () => fromGitHub(request, ports) };
  }
  if (!idTokenFile) throw new StepError({ code: 'no-id-token' });
  return {
    title: ours`Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
    async fetch() {
      try {
        return (await readFile(idTokenFile, 'utf8')).trim();
      } catch (error) {
        throw new StepError({ code: 'id-token', detail: messageOf(error) }, { cause: error });
      }
    },
  };
}

function fromVariable(name: string, { host }: TokenPorts): Promise<string> {
  const jwt = host.variable(name)?.trim() ?? '';
  if (jwt !== '') return Promise.resolve(jwt);
  return Promise.reject(new StepError({ code: 'id-token', detail: `The variable ${name} is not set or empty.` }));
}

type GitHubRequest = { readonly url: string; readonly requestToken: string };

async function fromGitHub({ url, requestToken }: GitHubRequest, ports: TokenPorts): Promise<string> {
  // Not by `@actions/core`, which takes its bearer token along wherever a redirect leads, and repeats on its own.
  const client = createClient('', new URL(url).origin, ports);
  client.pipeline.addPolicy(bearer(() => Promise.resolve({ token: requestToken })));
  const ask = async (): Promise<Attempt<string>> => {
    const answer = await exchange((options) => client.pathUnchecked(url).get(options), REQUEST_TIMEOUT_MS, ports);
    if (answer.kind === 'unanswered' || answer.status !== 200) return { ok: false, answer };
    const value = field(parseJson(answer.body), 'value');
    return typeof value === 'string'
      ? { ok: true, value }
      : { ok: false, answer: { kind: 'unanswered', sent: 'perhaps', cause: 'the answer contains no ID token' } };
  };
  const fetched = await retrying(ours`Fetching GitHub's ID token`, ask, ports);
  if (!fetched.ok) throw new StepError({ code: 'id-token', detail: describeAnswer(fetched.answer) });
  return fetched.value;
}
