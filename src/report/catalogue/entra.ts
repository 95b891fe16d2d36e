import { lines, FEDERATE, OTHER_LOGIN, SHOW_TENANT } from './moves.ts';
import type { Entries, Row } from './row.ts';
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
    sentence: "Entra knows no federated credential for the ID token's immutable subject.",
    move: lines(
      'GitHub gives repositories that were created or renamed on or after 2026-07-15 a subject with the ids of owner and repository (repo:OWNER@OWNER_ID/REPO@REPO_ID:…). A credential made for the names alone does not match it.',
      FEDERATE,
    ),
  },
  {
    section: 'no-federated-credential',
    match: { service: 'entra', codes: ['AADSTS700213', 'AADSTS70021'] },
    sentence: "Entra knows no federated credential for the ID token's subject.",
    move: FEDERATE,
  },
  {
    section: 'wrong-issuer',
    match: { service: 'entra', codes: ['AADSTS700211'] },
    sentence: "Entra knows no federated credential for the ID token's issuer {issuer}.",
    move: lines('An enterprise, or a GitHub Enterprise Server, has an issuer of its own.', FEDERATE),
  },
  {
    section: 'wrong-audience',
    match: { service: 'entra', codes: ['AADSTS700212'] },
    sentence: 'Entra knows no federated credential for the audience {audience} of the ID token.',
    move: lines(
      'In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave {input:audience} out, or set:',
      '@ audience: {expectedAudience}',
      'It must be the one that the federated credential names, which this shows:',
      '$ az ad app federated-credential list --id {clientId}',
    ),
  },
  {
    section: 'unknown-application',
    match: { service: 'entra', codes: ['AADSTS700016'] },
    sentence: 'The tenant {tenantId} has no application with the client ID {clientId}.',
    move: lines(
      "Check {input:client-id}, which is the application (client) ID of an app registration, or the client ID of a user-assigned identity, and not an object ID; and {input:tenant-id}, which is the identity's own tenant. Signed in to that tenant, these show both:",
      '$ az ad sp show --id {clientId} --query {principalQuery}',
      SHOW_TENANT,
    ),
  },
  {
    section: 'unknown-tenant',
    match: { service: 'entra', codes: ['AADSTS90002'] },
    sentence: 'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
    move: lines(
      'Check {input:tenant-id}, which this shows, and {input:environment}, which is azureusgovernment or azurechinacloud for a tenant of those clouds:',
      SHOW_TENANT,
    ),
  },
  {
    section: 'id-token-expired',
    match: { service: 'entra', codes: ['AADSTS700024'] },
    sentence: 'For Entra the ID token is not valid at this time.',
    move: lines(
      '{Noun:action} uses only fresh ID tokens, so the clock of {noun:runner} may be off. Compare it with the time:',
      '$ date -u',
    ),
  },
  ...(['entra', 'session'] as const).map((service) => ({
    section: 'wrong-secret',
    match: { service, codes: ['AADSTS7000215'] },
    sentence: 'The client secret of the sign-in is not valid.',
    move: lines(
      "It may have expired, or be the secret's ID in place of its value. To sign in without a secret:",
      OTHER_LOGIN,
    ),
  })),
  {
    section: 'unknown-resource',
    match: { service: 'entra', codes: ['AADSTS500011'] },
    sentence: 'The tenant {tenantId} does not know the resource {resource}, for which a token is needed.',
    move: lines(
      "Check {input:tenant-id}, which must be the tenant of the cluster's subscription, and {input:environment}, which names its cloud (here {environmentName}):",
      '$ az account show --subscription {subscription} --query {tenantQuery}',
    ),
  },
  {
    section: 'wrong-scope',
    match: { service: 'entra', codes: ['AADSTS1002012'] },
    sentence: 'Entra does not take {resource} for a resource that tokens can be asked for.',
    move: lines(
      'It comes from the metadata of the ARM endpoint in {input:environment} (here {environmentName}). Check it, and ask those who run the endpoint.',
    ),
  },
  {
    section: 'entra-unreachable',
    match: { service: 'entra', status: 0 },
    sentence: 'Entra did not answer.',
    move: 'Check that {noun:runner} reaches the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
  },
  {
    section: 'session-expired',
    match: { service: 'session', codes: ['AADSTS700024'] },
    sentence: 'The session on {noun:runner} cannot be renewed: its ID token has expired.',
    move: lines(
      '[workflow] azure/login keeps one ID token, and it lives about five minutes. Let the step sign in by itself, with a fresh ID token whenever it needs one:',
      '[prompt] A session that began with an ID token lasts about five minutes after it. Sign in again:',
      OTHER_LOGIN,
    ),
  },
];

export const SIGN_IN_FAILURES: Entries<'no-id-token' | 'id-token' | 'entra' | 'no-session' | 'cloud-metadata'> = {
  'no-id-token': {
    section: 'no-id-token',
    sentence: lines(
      '[workflow] The job has no right to an ID token of GitHub.',
      '[prompt] There is no ID token to sign in with.',
    ),
    move: lines(
      '[workflow] Give it to the job, or to the workflow:',
      '[workflow] | permissions:',
      '[workflow] |   id-token: write',
      '[workflow] |   contents: read',
      '[prompt] Put one into a file, and name the file in AZURE_FEDERATED_TOKEN_FILE. Or sign in with az login, and leave out --client-id and --tenant-id.',
      '[prompt] In {ci?}, the job needs the permission id-token: write.',
      '[workflow] A workflow that a pull request from a fork started cannot have it: skip the step there, or run it after the merge.',
    ),
  },
  'id-token': {
    section: 'id-token',
    sentence: "GitHub's token service gave no ID token.",
    move: '{Noun:rerun}. If it stays so, look at https://www.githubstatus.com and, on a machine of your own, at firewall and proxy.',
    read: ({ detail }) => ({ words: detail }),
  },
  entra: {
    section: 'entra',
    sentence: 'Entra gave no access token for {resource}.',
    move: 'Compare {input:client-id}, {input:tenant-id}, {input:audience} and {input:environment} with the sign-in that the log shows, and look the AADSTS number up at https://login.microsoftonline.com/error.',
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
      '[workflow] The step has no client-id and tenant-id, and no Azure session on the runner gives a token.',
      '[prompt] No Azure session on this machine gives a token.',
    ),
    move: lines(
      '[workflow] Either let the step sign in by itself:',
      OTHER_LOGIN,
      '[workflow] or sign in in a step before it:',
      '[workflow] | - uses: azure/login@v3',
      '[workflow] |   with:',
      '[workflow] |     client-id: ${{ vars.AZURE_CLIENT_ID }}',
      '[workflow] |     tenant-id: ${{ vars.AZURE_TENANT_ID }}',
      '[workflow] |     subscription-id: {subscription?}',
    ),
    read: ({ detail }) => ({ words: detail, signs: { service: 'session', ...aadsts(detail) } }),
  },
  'cloud-metadata': {
    section: 'cloud-metadata',
    sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
    move: lines(
      'Check {input:environment}, which takes azurecloud, azureusgovernment, azurechinacloud or the https:// address of an ARM endpoint. From {noun:runner}, this must show JSON with an https login endpoint:',
      '$ curl --fail {metadataUrl}',
    ),
    read: ({ endpoint, answer }) => ({
      values: { endpoint, metadataUrl: endpoint + METADATA_PATH },
      words: wordsOf(answer),
    }),
  },
};

function signInValues(
  { scope, claims }: Failure<'entra'>,
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
  return {
    issuer,
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
