import { AKS_SERVER_SCOPE, METADATA_PATH } from '../../azure/cloud.ts';
import type { Failure } from '../../failure.ts';
import type { Context } from './context.ts';
import { signsOf, wordsOf } from './arm.ts';
import { json, type Values } from './paste.ts';
import { lines, rowsOf, text, type Entries, type Row } from './row.ts';

const entra = rowsOf('entra');

const PRESENTED = lines(
  '[workflow] This job presented the subject {subject}',
  '[prompt] The ID token presents the subject {subject}',
  'Entra compares it character by character, and case matters.',
);

const FEDERATE = lines(
  'If that is the subject you expect, create a credential for it. Anyone who can get a token with this subject can then act as the identity. For an application:',
  '$ az ad app federated-credential create --id {clientId} --parameters {credential}',
  'For a user-assigned identity, with the name and resource group that the first command shows:',
  '$ az identity list --query {identityQuery} --output table',
  '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}',
  'A new credential takes a few minutes to work.',
);

const SIGN_IN_HERE = lines(
  '[workflow] | permissions:',
  '[workflow] |   id-token: write',
  '[workflow] |   contents: read',
  '[workflow] ',
  '[workflow] | with:',
  '[workflow] |   client-id: ${{ vars.AZURE_CLIENT_ID }}',
  '[workflow] |   tenant-id: ${{ vars.AZURE_TENANT_ID }}',
  '[prompt] $ az login',
);

const SHOW_TENANT = '$ az account show --query tenantId';

/** What Entra and a session say about a sign-in. The first row that fits wins. */
export const ENTRA: readonly Row[] = [
  entra('no-federated-credential', { codes: ['AADSTS700213', 'AADSTS70021'] }, [
    "No federated credential in Entra matches the ID token's subject.",
    PRESENTED,
    '{immutable?}This subject includes numeric IDs (repo:OWNER@OWNER_ID/REPO@REPO_ID:…), as in all repositories that were created or renamed on or after 2026-07-15, or that opted in. A credential for the names alone does not match.',
    FEDERATE,
    '[workflow] For several branches or tags, give the job an environment, and create the credential for its subject, repo:OWNER/REPOSITORY:environment:NAME.',
  ]),
  entra('wrong-issuer', { codes: ['AADSTS700211'] }, [
    "No federated credential in Entra matches the ID token's issuer {issuer}.",
    'Entra names the issuer {entraIssuer?}',
    'An enterprise and a GitHub Enterprise Server have their own issuer.',
    PRESENTED,
    FEDERATE,
  ]),
  entra('wrong-audience', { codes: ['AADSTS700212'] }, [
    "No federated credential in Entra matches the ID token's audience {audience}.",
    'In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave out {input:audience}, or set:',
    '@ audience: {expectedAudience}',
    'It must be the audience of the federated credential, which this shows:',
    '$ az ad app federated-credential list --id {clientId}',
  ]),
  entra('unknown-application', { codes: ['AADSTS700016'] }, [
    'The tenant {tenantId} has no application with the client ID {clientId}.',
    "Check {input:client-id}: it is the application (client) ID of an app registration or the client ID of a user-assigned identity, not an object ID. Check {input:tenant-id}: it is the identity's own tenant. Signed in to that tenant, these show both:",
    "$ az ad sp show --id {clientId} --query '{clientId:appId, name:displayName, tenantId:appOwnerOrganizationId}'",
    SHOW_TENANT,
  ]),
  entra('unknown-tenant', { codes: ['AADSTS90002'] }, [
    'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
    'Check {input:environment}, which is azureusgovernment or azurechinacloud for a tenant of those clouds, and {input:tenant-id}, which this shows:',
    SHOW_TENANT,
  ]),
  entra('id-token-expired', { codes: ['AADSTS700024'] }, [
    'Entra says that the ID token is not valid at this time.',
    '{Noun:action} uses only fresh ID tokens, so the clock of {noun:runner} may be wrong. Compare it with the time:',
    '$ date -u',
  ]),
  rowsOf()('wrong-secret', { codes: ['AADSTS7000215'] }, [
    'The client secret is not valid.',
    "It may have expired, or it may be the secret's ID instead of its value. To sign in without a secret:",
    SIGN_IN_HERE,
  ]),
  entra('unknown-resource', { codes: ['AADSTS500011', 'AADSTS1002012'] }, [
    'The tenant {tenantId} has no resource {resource}.',
    "Check {input:environment}, which must be the cloud of the cluster (here {environmentName}). If it is an ARM endpoint, its metadata names the resource. Check {input:tenant-id}, which must be the tenant of the cluster's subscription:",
    '$ az account show --subscription {subscription} --query tenantId',
  ]),
  entra('conditional-access', { codes: ['AADSTS53003'] }, [
    'Conditional Access blocked the sign-in.',
    'A Conditional Access policy for workload identities covers {clientId}. Ask its owners to exclude the identity or to allow the addresses of {noun:runner}. The service principal sign-in log in the Entra admin center names the policy.',
  ]),
  entra('application-disabled', { codes: ['AADSTS7000112'] }, [
    'The application {clientId} is disabled.',
    'Find out who disabled it and why. To enable it:',
    '$ az ad sp update --id {clientId} --set accountEnabled=true',
  ]),
  entra('no-service-principal', { codes: ['AADSTS7000229'] }, [
    'The application {clientId} has no service principal in the tenant {tenantId}.',
    'Create it, signed in to that tenant:',
    '$ az ad sp create --id {clientId}',
  ]),
  entra('entra-temporary', { codes: ['AADSTS90033'] }, [
    'Entra is temporarily unavailable.',
    '{Noun:rerun} in a few minutes. If it keeps failing, look at https://azure.status.microsoft.',
  ]),
  entra('entra-unreachable', { status: 0 }, [
    'Entra did not answer.',
    'Check that {noun:runner} can reach the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
  ]),
  rowsOf('session')(
    'session-expired',
    { words: /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/ },
    [
      'The Azure session on {noun:runner} has expired.',
      '[workflow] azure/login signs in once, with an ID token that lives about five minutes. Set client-id and tenant-id in the step, which then requests a fresh ID token whenever it needs one:',
      '[prompt] A session that began with an ID token lasts a few minutes. Sign in again:',
      SIGN_IN_HERE,
    ],
  ),
];

/** Why a job has no ID token, by who started the workflow. */
export const STARTED_BY = {
  fork: text('fork-pull-request', [
    'GitHub issues no ID token to a pull request from a fork.',
    '[workflow] Skip the step there, or run it after the merge:',
    '[workflow] | if: github.event.pull_request.head.repo.fork != true',
  ]),
  dependabot: text('dependabot', [
    'Dependabot started this run, and GitHub limits what its runs may do.',
    '[workflow] Skip the step for it, or run it after the merge:',
    "[workflow] | if: github.actor != 'dependabot[bot]'",
  ]),
};

export const SIGN_IN_FAILURES = {
  'no-id-token': {
    sentence: lines(
      '[workflow] The job lacks permission to request a GitHub ID token.',
      '[prompt] There is no ID token to sign in with.',
    ),
    move: lines(
      '[workflow] Add the permission to the job or the workflow:',
      '[workflow] | permissions:',
      '[workflow] |   id-token: write',
      '[workflow] |   contents: read',
      '[prompt] Put one into a variable, and name the variable with --id-token-env. Or sign in with az login, and leave out --client-id and --tenant-id.',
      '[prompt] In {ci?}, the job needs the permission id-token: write.',
      '[workflow] In a reusable workflow, the calling job needs it too.',
    ),
    read: (_failure, { startedBy }) => (startedBy ? STARTED_BY[startedBy] : {}),
  },
  'id-token': {
    sentence: lines(
      '[workflow] GitHub did not issue an ID token.',
      '[prompt] There is no ID token to sign in with.',
    ),
    move: lines(
      '[workflow] {Noun:rerun}. If it keeps failing, check https://www.githubstatus.com and, on a machine of your own, the firewall and the proxy.',
      '[prompt] Check where it comes from: the variable of --id-token-env, the file in AZURE_FEDERATED_TOKEN_FILE, or, in GitHub Actions, https://www.githubstatus.com. Then run it again.',
    ),
    read: ({ detail }) => ({ words: detail, signs: { status: 0, text: detail } }),
  },
  entra: {
    sentence: 'Entra refused an access token for {resource}.',
    move: 'Compare {input:client-id}, {input:tenant-id}, {input:audience}, and {input:environment} with the sign-in that the log shows, and look up the AADSTS number at https://login.microsoftonline.com/error.',
    read: (failure, context) => ({
      signs: {
        service: 'entra',
        ...signsOf(failure.answer),
        ...aadsts(signsOf(failure.answer).text),
      },
      values: signInValues(failure, context),
      words: wordsOf(failure.answer),
    }),
  },
  'no-session': {
    sentence: lines(
      '[workflow] The step has no client-id and tenant-id, and the runner has no Azure session.',
      '[prompt] This machine has no Azure session.',
    ),
    move: lines(
      '[workflow] If the step sets them to variables (vars) of an environment, they are empty unless the job names the environment:',
      '[workflow] | environment: ENVIRONMENT',
      '[workflow] To let the step sign in by itself:',
      SIGN_IN_HERE,
      '[workflow] Or sign in with azure/login in an earlier step of the same job.',
    ),
    read: ({ detail }) => ({
      words: detail,
      signs: { service: 'session', text: detail, ...aadsts(detail) },
    }),
  },
  'cloud-metadata': {
    sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
    move: lines(
      'Check {input:environment}. It is azurecloud, azureusgovernment, azurechinacloud, or the https:// URL of an ARM endpoint. On {noun:runner}, this must show JSON with an https login endpoint:',
      '$ curl --fail {metadataUrl}',
    ),
    read: ({ endpoint, answer }) => ({
      signs: signsOf(answer),
      values: { endpoint, metadataUrl: endpoint + METADATA_PATH },
      words: wordsOf(answer),
    }),
  },
} satisfies Partial<Entries>;

function aadsts(text: string) {
  return { code: /AADSTS\d{4,8}/.exec(text)?.[0] };
}

/** A subject with the numeric IDs of the owner and the repository, which a new owner of the names does not have. */
const IMMUTABLE = /^repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/;

function signInValues(
  { scope, claims, answer }: Failure<'entra'>,
  { repository = 'OWNER/REPOSITORY', signIn }: Context,
): Values {
  const issuer = claims.issuer || 'https://token.actions.githubusercontent.com';
  const subject = claims.subject || `repo:${repository}:ref:refs/heads/BRANCH`;
  const audience = claims.audience || (signIn?.kind === 'oidc' ? signIn.audience : 'AUDIENCE');
  // Entra allows 3 to 120 letters, digits, `-`, and `_`.
  const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const name = `github-${words}`.slice(0, 120).replace(/-$/, '');
  const resource = scope.replace('/.default', '');
  const entraIssuer = /issuer '([^']{1,300})'/.exec(signsOf(answer).text)?.[1];
  return {
    issuer,
    entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
    subject,
    immutable: IMMUTABLE.test(subject) ? '' : undefined,
    audience,
    credentialName: name,
    credential: json({ name, issuer, subject, audiences: [audience] }),
    resource: scope === AKS_SERVER_SCOPE ? `${resource} (AKS)` : resource,
  };
}
