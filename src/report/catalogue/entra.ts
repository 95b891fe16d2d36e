import { lines, FEDERATE, OTHER_LOGIN, PRESENTED, SHOW_TENANT } from './moves.ts';
import { NETWORK } from './network.ts';
import type { Entries, Row, Text } from './row.ts';
import { AKS_SERVER_SCOPE, METADATA_PATH } from '../../azure/cloud.ts';
import type { Failure } from '../../failure.ts';
import type { Context } from './context.ts';
import { json, type Values } from './paste.ts';
import { aadsts, signsOf, wordsOf } from './service-words.ts';

/** What Entra and sessions say of a sign-in. The first row that fits counts. */
export const ENTRA: readonly Row[] = [
  {
    section: 'immutable-subject',
    match: {
      service: 'entra',
      codes: ['AADSTS700213', 'AADSTS70021'],
      words: /repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/,
    },
    sentence: "No federated credential in Entra matches the ID token's immutable subject.",
    move: lines(
      PRESENTED,
      'Repositories created or renamed on or after 2026-07-15 have subjects that include numeric IDs (repo:OWNER@OWNER_ID/REPO@REPO_ID:…). A credential for the names alone does not match.',
      FEDERATE,
    ),
  },
  {
    section: 'no-federated-credential',
    match: { service: 'entra', codes: ['AADSTS700213', 'AADSTS70021'] },
    sentence: "No federated credential in Entra matches the ID token's subject.",
    move: lines(
      PRESENTED,
      FEDERATE,
      '[workflow] For several branches or tags, give the job an environment, and create the credential for its subject, repo:OWNER/REPOSITORY:environment:NAME.',
    ),
  },
  {
    section: 'wrong-issuer',
    match: { service: 'entra', codes: ['AADSTS700211'] },
    sentence: "No federated credential in Entra matches the ID token's issuer {issuer}.",
    move: lines(
      'Entra names the issuer {entraIssuer?}',
      'An enterprise and a GitHub Enterprise Server have their own issuer.',
      PRESENTED,
      FEDERATE,
    ),
  },
  {
    section: 'wrong-audience',
    match: { service: 'entra', codes: ['AADSTS700212'] },
    sentence: "No federated credential in Entra matches the ID token's audience {audience}.",
    move: lines(
      'In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave out {input:audience}, or set:',
      '@ audience: {expectedAudience}',
      'It must be the audience of the federated credential, which this shows:',
      '$ az ad app federated-credential list --id {clientId}',
    ),
  },
  {
    section: 'unknown-application',
    match: { service: 'entra', codes: ['AADSTS700016'] },
    sentence: 'The tenant {tenantId} has no application with the client ID {clientId}.',
    move: lines(
      "Check {input:client-id}: it is the application (client) ID of an app registration or the client ID of a user-assigned identity, not an object ID. Check {input:tenant-id}: it is the identity's own tenant. Signed in to that tenant, these show both:",
      '$ az ad sp show --id {clientId} --query {principalQuery}',
      SHOW_TENANT,
    ),
  },
  {
    section: 'unknown-tenant',
    match: { service: 'entra', codes: ['AADSTS90002'] },
    sentence: 'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
    move: lines(
      'Check {input:environment}, which is azureusgovernment or azurechinacloud for a tenant of those clouds, and {input:tenant-id}, which this shows:',
      SHOW_TENANT,
    ),
  },
  {
    section: 'id-token-expired',
    match: { service: 'entra', codes: ['AADSTS700024'] },
    sentence: 'Entra says that the ID token is not valid at this time.',
    move: lines(
      '{Noun:action} uses only fresh ID tokens, so the clock of {noun:runner} may be wrong. Compare it with the time:',
      '$ date -u',
    ),
  },
  ...(['entra', 'session'] as const).map((service) => ({
    section: 'wrong-secret',
    match: { service, codes: ['AADSTS7000215'] },
    sentence: 'The client secret is not valid.',
    move: lines(
      "It may have expired, or it may be the secret's ID instead of its value. To sign in without a secret:",
      OTHER_LOGIN,
    ),
  })),
  {
    section: 'unknown-resource',
    match: { service: 'entra', codes: ['AADSTS500011'] },
    sentence: 'The tenant {tenantId} has no resource {resource}.',
    move: lines(
      "Check {input:environment}, which must be the cloud of the cluster (here {environmentName}), and {input:tenant-id}, which must be the tenant of the cluster's subscription:",
      '$ az account show --subscription {subscription} --query {tenantQuery}',
    ),
  },
  {
    section: 'wrong-scope',
    match: { service: 'entra', codes: ['AADSTS1002012'] },
    sentence: 'Entra does not accept {resource} as the resource of a token.',
    move: lines(
      'It comes from the metadata of the ARM endpoint in {input:environment} (here {environmentName}). Check it, and ask the people who run the endpoint.',
    ),
  },
  {
    section: 'conditional-access',
    match: { service: 'entra', codes: ['AADSTS53003'] },
    sentence: 'Conditional Access blocked the sign-in.',
    move: 'A Conditional Access policy for workload identities covers {clientId}. Ask its owners to exclude the identity or to allow the addresses of {noun:runner}. The service principal sign-in log in the Entra admin center names the policy.',
  },
  {
    section: 'application-disabled',
    match: { service: 'entra', codes: ['AADSTS7000112'] },
    sentence: 'The application {clientId} is disabled.',
    move: lines(
      'Find out who disabled it and why. To enable it:',
      '$ az ad sp update --id {clientId} --set accountEnabled=true',
    ),
  },
  {
    section: 'no-service-principal',
    match: { service: 'entra', codes: ['AADSTS7000229'] },
    sentence: 'The application {clientId} has no service principal in the tenant {tenantId}.',
    move: lines('Create it, signed in to that tenant:', '$ az ad sp create --id {clientId}'),
  },
  {
    section: 'entra-temporary',
    match: { service: 'entra', codes: ['AADSTS90033'] },
    sentence: 'Entra is temporarily unavailable.',
    move: '{Noun:rerun} in a few minutes. If it keeps failing, look at https://azure.status.microsoft.',
  },
  ...NETWORK.filter(({ match }) => match.service !== 'arm'),
  {
    section: 'entra-unreachable',
    match: { service: 'entra', status: 0 },
    sentence: 'Entra did not answer.',
    move: 'Check that {noun:runner} can reach the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
  },
  {
    section: 'session-expired',
    match: {
      service: 'session',
      words: /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive authentication is needed/,
    },
    sentence: 'The Azure session on {noun:runner} has expired.',
    move: lines(
      '[workflow] azure/login signs in once, with an ID token that lives about five minutes. Set client-id and tenant-id in the step, which then requests a fresh ID token whenever it needs one:',
      '[prompt] A session that began with an ID token lasts a few minutes. Sign in again:',
      OTHER_LOGIN,
    ),
  },
];

/** Why a job has no ID token, by who started the workflow. */
export const STARTED_BY: Readonly<Record<'fork' | 'dependabot', Text>> = {
  fork: {
    section: 'fork-pull-request',
    sentence: 'GitHub issues no ID token to a pull request from a fork.',
    move: lines(
      '[workflow] Skip the step there, or run it after the merge:',
      '[workflow] | if: github.event.pull_request.head.repo.fork != true',
    ),
  },
  dependabot: {
    section: 'dependabot',
    sentence: 'Dependabot started this run, and GitHub limits what its runs may do.',
    move: lines(
      '[workflow] Skip the step for it, or run it after the merge:',
      "[workflow] | if: github.actor != 'dependabot[bot]'",
    ),
  },
};

export const SIGN_IN_FAILURES: Entries<'no-id-token' | 'id-token' | 'entra' | 'no-session' | 'cloud-metadata'> = {
  'no-id-token': {
    section: 'no-id-token',
    sentence: lines(
      '[workflow] The job lacks permission to request a GitHub ID token.',
      '[prompt] There is no ID token to sign in with.',
    ),
    move: lines(
      '[workflow] Add the permission to the job or the workflow:',
      '[workflow] | permissions:',
      '[workflow] |   id-token: write',
      '[workflow] |   contents: read',
      '[prompt] Put one into a file, and name the file in AZURE_FEDERATED_TOKEN_FILE. Or sign in with az login, and leave out --client-id and --tenant-id.',
      '[prompt] In {ci?}, the job needs the permission id-token: write.',
      '[workflow] In a reusable workflow, the calling job needs it too.',
    ),
    read: (_failure, { startedBy }) => (startedBy ? { text: STARTED_BY[startedBy] } : {}),
  },
  'id-token': {
    section: 'id-token',
    sentence: 'GitHub did not issue an ID token.',
    move: '{Noun:rerun}. If it keeps failing, check https://www.githubstatus.com and, on a machine of your own, the firewall and the proxy.',
    read: ({ detail }) => ({ words: detail, signs: { service: 'network', text: detail } }),
  },
  entra: {
    section: 'entra',
    sentence: 'Entra refused an access token for {resource}.',
    move: 'Compare {input:client-id}, {input:tenant-id}, {input:audience}, and {input:environment} with the sign-in that the log shows, and look up the AADSTS number at https://login.microsoftonline.com/error.',
    read: (failure, context) => {
      const signs = signsOf(failure.answer);
      const text = `${signs.text}\n${failure.claims.subject}`;
      return {
        signs: { service: 'entra', ...signs, ...aadsts(signs.text), text },
        values: signInValues(failure, context),
        words: wordsOf(failure.answer),
      };
    },
  },
  'no-session': {
    section: 'no-session',
    sentence: lines(
      '[workflow] The step has no client-id and tenant-id, and the runner has no Azure session.',
      '[prompt] This machine has no Azure session.',
    ),
    move: lines(
      '[workflow] Let the step sign in by itself:',
      OTHER_LOGIN,
      '[workflow] Or sign in in an earlier step of the same job:',
      '[workflow] | - uses: azure/login@v3',
      '[workflow] |   with:',
      '[workflow] |     client-id: ${{ vars.AZURE_CLIENT_ID }}',
      '[workflow] |     tenant-id: ${{ vars.AZURE_TENANT_ID }}',
      '[workflow] |     subscription-id: {subscription?}',
    ),
    read: ({ detail }) => ({ words: detail, signs: { service: 'session', text: detail, ...aadsts(detail) } }),
  },
  'cloud-metadata': {
    section: 'cloud-metadata',
    sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
    move: lines(
      'Check {input:environment}. It is azurecloud, azureusgovernment, azurechinacloud, or the https:// URL of an ARM endpoint. On {noun:runner}, this must show JSON with an https login endpoint:',
      '$ curl --fail {metadataUrl}',
    ),
    read: ({ endpoint, answer }) => ({
      signs: { service: 'network', ...signsOf(answer) },
      values: { endpoint, metadataUrl: endpoint + METADATA_PATH },
      words: wordsOf(answer),
    }),
  },
};

function signInValues(
  { scope, claims, answer }: Failure<'entra'>,
  { repository = 'OWNER/REPOSITORY', signIn }: Context,
): Values {
  const claim = (name: 'issuer' | 'subject' | 'audience', fallback: string) => {
    return claims[name] === '' ? fallback : claims[name];
  };
  const issuer = claim('issuer', 'https://token.actions.githubusercontent.com');
  const subject = claim('subject', `repo:${repository}:ref:refs/heads/BRANCH`);
  const audience = claim('audience', signIn?.kind === 'oidc' ? signIn.audience : 'AUDIENCE');
  const name = credentialName(subject);
  const resource = scope.replace('/.default', '');
  const entraIssuer = /issuer '([^']{1,300})'/.exec(signsOf(answer).text)?.[1];
  return {
    issuer,
    entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
    subject,
    audience,
    credentialName: name,
    credential: json({ name, issuer, subject, audiences: [audience] }),
    resource: scope === AKS_SERVER_SCOPE ? `${resource} (AKS)` : resource,
  };
}

/** A federated credential's name: letters, digits, `-` and `_`, 3 to 120 of them, that tell the subject. */
function credentialName(subject: string): string {
  const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `github-${words}`.slice(0, 120).replace(/-$/, '');
}
