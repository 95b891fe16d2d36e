import { readFile } from 'node:fs/promises';
import { describeAnswer, isAnswer, type Answer } from '../../azure/answer.ts';
import { readIdToken } from '../../azure/claims.ts';
import { retrying } from '../../azure/retry.ts';
import { messageOf, StepError } from '../../failure.ts';
import type { IdTokenSource } from '../../hosts/port.ts';
import { field, parseJson } from '../../text/json.ts';
import { say } from '../../text/say.ts';
import { cached } from '../cached.ts';
import { createClient, exchange, type EdgePorts } from '../http/client.ts';
import { LOOPBACK } from '../http/proxy.ts';
import { canBeToken, noUsableToken } from './entra.ts';

/**
 * ID tokens from the host's source, and what the log calls it. A token from GitHub lives for about
 * five minutes, so it is fetched only when needed (Azure/login#180) and kept for its lifetime. One
 * from elsewhere may be old already, so it is read each time.
 *
 * @throws StepError `no-id-token` if the host has no source
 */
export function idTokensFor(audience: string, ports: EdgePorts) {
  const { clock, host } = ports;
  const source = host.idTokenSource();
  if (source === undefined) throw new StepError({ code: 'no-id-token' });
  const { kind } = source;

  const request = async () => {
    const jwt = (await fetchFrom(source, audience, ports)).trim();
    if (!canBeToken(jwt)) failed('It is not an ID token: too short, or with white space inside.');
    host.mask(jwt);
    ports.secrets.add(jwt);
    const { claims, lifetimeMs } = readIdToken(jwt);
    const usableUntil = kind === 'github' ? clock.monotonic() + lifetimeMs : -Infinity;
    return { jwt, claims, usableUntil };
  };

  return {
    title: TITLES[kind],
    get: cached(request, ({ usableUntil }) => clock.monotonic() < usableUntil),
  };
}

const TITLES = {
  variable: say`Signing in with the ID token of --id-token-env`,
  github: say`Signing in with GitHub's ID token`,
  file: say`Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
};

async function fetchFrom(
  source: IdTokenSource,
  audience: string,
  ports: EdgePorts,
): Promise<string> {
  switch (source.kind) {
    case 'variable':
      return fromVariable(source.name, ports);
    case 'github':
      return fromGitHub(source.url, source.requestToken, audience, ports);
    case 'file':
      return readFile(source.path, 'utf8').catch((error: unknown) => failed(messageOf(error)));
  }
}

function failed(detail: string): never {
  throw new StepError({ code: 'id-token', detail });
}

function fromVariable(name: string, { host }: EdgePorts): string {
  const token = host.variable(name) ?? '';
  return token.trim() === '' ? failed(`The variable ${name} is empty or not set.`) : token;
}

async function fromGitHub(
  requestUrl: string,
  requestToken: string,
  audience: string,
  ports: EdgePorts,
): Promise<string> {
  // `@actions/core` would send its bearer token wherever a redirect leads, and retries on its own.
  const url = `${requestUrl}&audience=${encodeURIComponent(audience)}`;
  const { origin, hostname } = new URL(url);
  const client = createClient('', origin, ports, () => Promise.resolve(requestToken));
  ports.secrets.add(requestToken);
  const allowInsecureConnection = LOOPBACK.test(hostname);

  async function attempt(): Promise<{ readonly jwt: string } | Answer> {
    const answer = await exchange(
      (options) => client.pathUnchecked(url).get({ ...options, allowInsecureConnection }),
      30_000,
      ports,
    );
    if (answer.kind === 'unanswered' || answer.status !== 200) return answer;

    const jwt = field(parseJson(answer.body), 'value');
    return typeof jwt === 'string' && canBeToken(jwt) ? { jwt } : noUsableToken('ID token');
  }

  const fetched = await retrying(say`Fetching GitHub's ID token`, attempt, ports);
  return isAnswer(fetched) ? failed(describeAnswer(fetched)) : fetched.jwt;
}
