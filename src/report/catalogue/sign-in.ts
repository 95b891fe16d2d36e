import { isTransient } from '../../azure/answer.ts';
import { AKS_SERVER, CLOUD_NAMES, METADATA_PATH, PUBLIC_CLOUD } from '../../azure/cloud.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import { capitalized, list, say, type Text } from '../../text/say.ts';
import type { Content, Remedy } from '../message.ts';
import { expression, json, sh, yaml, type Paste } from '../paste.ts';
import type { Known } from './known.ts';
import { ARM_UNREACHABLE, NETWORK, signsOf } from './network.ts';
import { find, row, type Failures } from './row.ts';

const OTHER_CLOUDS = CLOUD_NAMES.filter((name) => name !== PUBLIC_CLOUD.name);

/** The subject that Entra compares with those of the credentials. */
function presented({ isStep, signIn }: Known): Remedy {
  return [
    isStep
      ? say`This job presented the subject ${signIn.subject}.`
      : say`The ID token presents the subject ${signIn.subject}.`,
    say`Entra compares it character by character, and case matters.`,
  ];
}

/** The names of a user-assigned identity and of its resource group. */
function listIdentities(clientId: string): Paste {
  const query = `[?clientId=='${clientId}'].{name:name, resourceGroup:resourceGroup}`;
  return sh`az identity list --query ${query} --output table`;
}

const FIRST_COMMAND = say`
  For a user-assigned identity, with the name and resource group that the first command shows:
`;

/** How to create a federated credential for the ID token. */
function federate({ signIn }: Known): Remedy {
  const { clientId, issuer, subject, audience } = signIn;
  // Entra allows 3 to 120 letters, digits, `-`, and `_`.
  const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const name = `github-${words}`.slice(0, 120).replace(/-$/, '');
  const credential = json({ name, issuer, subject, audiences: [audience] });
  return [
    say`
      If that is the subject you expect, create a credential for it. Anyone who can get a token with
      this subject can then act as the identity. For an application:
    `,
    sh`az ad app federated-credential create --id ${clientId} --parameters ${credential}`,
    FIRST_COMMAND,
    listIdentities(clientId),
    sh`az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name ${name} --issuer ${issuer} --subject=${subject} --audiences ${audience}`,
    say`A new credential takes a few minutes to work.`,
  ];
}

/** How to see the subjects of the federated credentials that exist. */
function listSubjects({ signIn: { clientId } }: Known): Remedy {
  return [
    say`To see the subjects of the credentials of an application:`,
    sh`az ad app federated-credential list --id ${clientId} --query '[].subject'`,
    FIRST_COMMAND,
    listIdentities(clientId),
    sh`az identity federated-credential list --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --query '[].subject'`,
  ];
}

const PERMISSIONS = yaml`
  permissions:
    id-token: write
    contents: read
`;

/** How to sign in without a secret and without a session. */
function signInHere({ inputs, isStep }: Known): Remedy {
  if (!isStep) return [sh`az login`];
  return [
    PERMISSIONS,
    inputs({
      'client-id': expression('vars.AZURE_CLIENT_ID'),
      'tenant-id': expression('vars.AZURE_TENANT_ID'),
    }),
  ];
}

const SHOW_TENANT = sh`az account show --query tenantId`;

/**
 * A subject with the numeric IDs of the owner and the repository, which a new owner of the names
 * does not have.
 */
const IMMUTABLE = /^repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/;
/** The same with the names alone. */
const BY_NAME = /^repo:[^/:@\s]{1,100}\/[^/:@\s]{1,100}:/;
const WITH_IDS = 'repo:OWNER@OWNER_ID/REPO@REPO_ID:…';

/** Whether the subject includes numeric IDs, and which credentials therefore do not match. */
function numericIds({ signIn: { subject } }: Known): Text | undefined {
  if (IMMUTABLE.test(subject)) {
    return say`
      This subject includes numeric IDs (${WITH_IDS}), as in all repositories that were created,
      renamed, or transferred on or after 2026-07-15, or that opted in. A credential for the names
      alone does not match.
    `;
  }
  if (BY_NAME.test(subject)) {
    return say`
      This subject has no numeric IDs. A credential with IDs (${WITH_IDS}), such as the Azure portal
      may create, does not match.
    `;
  }
  return undefined;
}

const WRONG_SECRET = row('wrong-secret', { codes: ['AADSTS7000215'] }, (known) => ({
  line: say`The client secret is not valid`,
  remedy: [
    say`
      It may have expired, or it may be the secret's ID instead of its value. To sign in without a
      secret:
    `,
    ...signInHere(known),
  ],
}));

function temporary({ words }: Known): Content {
  return {
    line: say`Entra is temporarily unavailable`,
    remedy: [
      say`
        ${capitalized(words.rerun)} in a few minutes. If it keeps failing, look at
        https://azure.status.microsoft.
      `,
    ],
  };
}

/** What Entra says about a sign-in. The first row that fits wins. */
export const ENTRA = [
  row('no-federated-credential', { codes: ['AADSTS700213', 'AADSTS70021'] }, (known) => ({
    line: say`No federated credential in Entra matches the ID token's subject`,
    section: 'no-federated-credential',
    remedy: [
      ...presented(known),
      numericIds(known),
      ...federate(known),
      known.isStep &&
        say`
          For several branches or tags, give the job an environment, and create the credential for
          its subject, ${'repo:OWNER/REPOSITORY:environment:NAME'}.
        `,
    ],
  })),
  row('subject-case', { codes: ['AADSTS7002138'] }, (known) => ({
    line: say`A federated credential matches the ID token's subject except for letter case`,
    section: 'no-federated-credential',
    remedy: [
      ...presented(known),
      say`Change the subject of the credential to the presented one.`,
      ...listSubjects(known),
    ],
  })),
  row('no-credentials', { codes: ['AADSTS70025'] }, (known) => ({
    line: say`The identity has no federated credential`,
    section: 'no-federated-credential',
    remedy: [...presented(known), ...federate(known)],
  })),
  row(
    'wrong-issuer',
    { codes: ['AADSTS700211'], text: /AADSTS700211(?:.*? issuer '(?<issuer>[^']{1,300})')?/s },
    (known, { issuer }) => ({
      line: say`
        No federated credential in Entra matches the ID token's issuer ${known.signIn.issuer}
      `,
      section: 'wrong-issuer',
      remedy: [
        issuer !== undefined &&
          issuer !== known.signIn.issuer &&
          say`Entra names the issuer ${issuer}.`,
        say`An enterprise and a GitHub Enterprise Server have their own issuer.`,
        ...presented(known),
        ...federate(known),
      ],
    }),
  ),
  row('wrong-audience', { codes: ['AADSTS700212'] }, ({ cloud, input, inputs, signIn }) => ({
    line: say`No federated credential in Entra matches the ID token's audience ${signIn.audience}`,
    section: 'wrong-issuer',
    remedy: [
      say`
        In this cloud (${cloud.name}) the audience is usually ${cloud.audience}. Leave out
        ${input('audience')}, or set:
      `,
      inputs({ audience: cloud.audience }),
      say`It must be the audience of the federated credential, which this shows:`,
      sh`az ad app federated-credential list --id ${signIn.clientId}`,
    ],
  })),
  row('unknown-application', { codes: ['AADSTS700016'] }, ({ input, signIn }) => ({
    line: say`
      The tenant ${signIn.tenantId} has no application with the client ID ${signIn.clientId}
    `,
    remedy: [
      say`
        Check ${input('client-id')}: it is the application (client) ID of an app registration or the
        client ID of a user-assigned identity, not an object ID. Check ${input('tenant-id')}: it is
        the identity's own tenant. Signed in to that tenant, these show both:
      `,
      sh`az ad sp show --id ${signIn.clientId} --query '{clientId:appId, name:displayName, tenantId:appOwnerOrganizationId}'`,
      SHOW_TENANT,
    ],
  })),
  row('unknown-tenant', { codes: ['AADSTS90002'] }, ({ cloud, input, signIn: { tenantId } }) => ({
    line: say`Entra has no tenant ${tenantId} in this cloud (${cloud.name})`,
    remedy: [
      say`
        Check ${input('environment')} (the other clouds are ${list(OTHER_CLOUDS)}) and
        ${input('tenant-id')}, which this shows:
      `,
      SHOW_TENANT,
    ],
  })),
  row('id-token-expired', { codes: ['AADSTS700024'] }, ({ isStep, words }) => ({
    line: say`Entra says that the ID token is not valid at this time`,
    remedy: [
      isStep
        ? say`
            ${capitalized(words.action)} uses only fresh ID tokens, so the clock of ${words.runner}
            may be wrong. Compare it with the time:
          `
        : say`
            An ID token in a variable or a file is not renewed, so it may have expired. Request it
            right before ${words.action}. Otherwise, the clock of ${words.runner} may be wrong.
            Compare it with the time:
          `,
      sh`date -u`,
    ],
  })),
  WRONG_SECRET,
  row(
    'unknown-resource',
    { codes: ['AADSTS500011', 'AADSTS1002012'] },
    ({ cloud, cluster, input, signIn: { resource, tenantId } }) => ({
      line: say`The tenant ${tenantId} has no resource ${resource}`,
      remedy: [
        say`
          Check ${input('environment')}, which must be the cloud of the cluster (here
          ${cloud.name}). If it is an ARM endpoint, its metadata names the resource. Check
          ${input('tenant-id')}, which must be the tenant of the cluster's subscription:
        `,
        sh`az account show --subscription ${cluster.subscriptionId} --query tenantId`,
      ],
    }),
  ),
  row('conditional-access', { codes: ['AADSTS53003'] }, ({ signIn: { clientId }, words }) => ({
    line: say`Conditional Access blocked the sign-in`,
    remedy: [
      say`
        A Conditional Access policy for workload identities covers ${clientId}. Ask its owners to
        exclude the identity or to allow the addresses of ${words.runner}. The service principal
        sign-in log in the Entra admin center names the policy.
      `,
    ],
  })),
  row('application-disabled', { codes: ['AADSTS7000112'] }, ({ signIn: { clientId } }) => ({
    line: say`The application ${clientId} is disabled`,
    remedy: [
      say`Find out who disabled it and why. To enable it:`,
      sh`az ad sp update --id ${clientId} --set accountEnabled=true`,
    ],
  })),
  row(
    'no-service-principal',
    { codes: ['AADSTS7000229'] },
    ({ signIn: { clientId, tenantId } }) => ({
      line: say`The application ${clientId} has no service principal in the tenant ${tenantId}`,
      remedy: [say`Create it, signed in to that tenant:`, sh`az ad sp create --id ${clientId}`],
    }),
  ),
  row('entra-temporary', { codes: ['AADSTS90033'] }, temporary),
  row('entra-unreachable', { status: 0 }, ({ cloud, words }) => ({
    line: say`Entra did not answer`,
    section: 'entra-unreachable',
    remedy: [
      say`
        Check that ${words.runner} can reach the sign-in endpoint of the cloud (${cloud.name}): name
        resolution, firewall, proxy. Then ${words.rerun}.
      `,
    ],
  })),
];

/** What a session says about a sign-in. The first row that fits wins. */
export const SESSION = [
  WRONG_SECRET,
  row(
    'session-expired',
    { text: /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/ },
    (known) => ({
      line: say`The Azure session on ${known.words.runner} has expired`,
      section: 'no-session',
      remedy: [
        known.isStep
          ? say`
              ${'azure/login'} signs in once, with an ID token that lives about five minutes. Set
              ${known.input('client-id')} and ${known.input('tenant-id')} in the step, which then
              requests a fresh ID token whenever it needs one:
            `
          : say`A session that began with an ID token lasts a few minutes. Sign in again:`,
        ...signInHere(known),
      ],
    }),
  ),
];

export const SIGN_IN_FAILURES = {
  'no-id-token': (_failure, known) => {
    const isWorkflow = known.isStep;
    switch (known.startedBy) {
      case 'fork':
        return {
          line: say`GitHub issues no ID token to a pull request from a fork`,
          section: 'fork-pull-request',
          remedy: [
            isWorkflow && say`Skip the step there, or run it after the merge:`,
            isWorkflow && yaml`if: github.event.pull_request.head.repo.fork != true`,
          ],
        };
      case 'dependabot':
        return {
          line: say`Dependabot started this run, and GitHub limits what its runs may do`,
          remedy: [
            isWorkflow && say`Skip the step for it, or run it after the merge:`,
            isWorkflow && yaml`if: github.actor != 'dependabot[bot]'`,
          ],
        };
      case undefined:
        return isWorkflow ? noPermission() : noIdToken(known);
    }
  },
  'id-token': ({ detail }, known) =>
    find(NETWORK, { status: 0, text: detail }, known) ??
    (known.isStep ? notIssued(known) : noIdTokenThere()),
  entra: ({ answer, claims, resource }, known) => {
    const { input } = known;
    const refused = refusedIn(claims, resource, known);
    const signs = signsOf(answer);
    const found = find([...NETWORK, ...ENTRA], { ...signs, code: aadstsIn(signs.text) }, refused);
    if (found) return found;
    if (isTransient(answer)) return temporary(known);
    return {
      line: say`Entra refused an access token for ${refused.signIn.resource}`,
      remedy: [
        say`
          Compare ${input('client-id')}, ${input('tenant-id')}, ${input('audience')}, and
          ${input('environment')} with the sign-in that the log shows, and look up the AADSTS number
          at https://login.microsoftonline.com/error.
        `,
      ],
    };
  },
  'no-session': ({ detail }, known) =>
    find(SESSION, { text: detail, code: aadstsIn(detail) }, known) ?? noSession(known),
  'session-failed': ({ detail }, known) =>
    find(SESSION, { text: detail, code: aadstsIn(detail) }, known) ?? {
      line: say`The Azure session on ${known.words.runner} returned no access token`,
      remedy: [
        say`${capitalized(known.words.rerun)}. If it keeps failing, sign in again:`,
        ...signInHere(known),
      ],
    },
  'cloud-metadata': ({ answer }, known) => {
    const { cloud, input, words } = known;
    const found = find([...NETWORK, ARM_UNREACHABLE], signsOf(answer), known);
    return (
      found ?? {
        line: say`The ARM endpoint ${cloud.name} does not say where to sign in`,
        remedy: [
          say`
            Check ${input('environment')}. It is ${list(CLOUD_NAMES)}, or the ${'https://'} URL of
            an ARM endpoint. On ${words.runner}, this must show JSON with an https login endpoint:
          `,
          sh`curl --fail ${cloud.resourceManager + METADATA_PATH}`,
        ],
      }
    );
  },
} satisfies Partial<Failures>;

function noPermission(): Content {
  return {
    line: say`The job lacks permission to request a GitHub ID token`,
    section: 'no-id-token',
    remedy: [
      say`Add the permission to the job, or to the workflow if the job has no ${'permissions'}:`,
      PERMISSIONS,
      say`In a reusable workflow, the calling job needs it too.`,
    ],
  };
}

const NO_ID_TOKEN = say`There is no ID token to sign in with`;

function noIdToken({ inGitHubActions, input }: Known): Content {
  return {
    line: NO_ID_TOKEN,
    section: 'no-id-token',
    remedy: [
      say`
        Put one into a variable, and name the variable with ${'--id-token-env'}. Or sign in with
        ${'az login'}, and leave out ${input('client-id')} and ${input('tenant-id')}.
      `,
      inGitHubActions && say`In GitHub Actions, the job needs the permission ${'id-token: write'}.`,
    ],
  };
}

function notIssued({ words }: Known): Content {
  return {
    line: say`GitHub did not issue an ID token`,
    remedy: [
      say`
        ${capitalized(words.rerun)}. If it keeps failing, check https://www.githubstatus.com and, on
        a machine of your own, the firewall and the proxy.
      `,
    ],
  };
}

function noIdTokenThere(): Content {
  return {
    line: NO_ID_TOKEN,
    remedy: [
      say`
        Check where it comes from: the variable of ${'--id-token-env'}, the file in
        ${'AZURE_FEDERATED_TOKEN_FILE'}, or, in GitHub Actions, https://www.githubstatus.com. Then
        run it again.
      `,
    ],
  };
}

function noSession(known: Known): Content {
  if (!known.isStep) {
    return {
      line: say`This machine has no Azure session`,
      section: 'no-session',
      remedy: signInHere(known),
    };
  }
  return {
    line: say`
      The step has no ${known.input('client-id')} and ${known.input('tenant-id')}, and the runner
      has no Azure session
    `,
    section: 'no-session',
    remedy: [
      say`
        If the step sets them to variables (${'vars'}) of an environment, they are empty unless the
        job names the environment:
      `,
      yaml`environment: ENVIRONMENT`,
      say`To let the step sign in by itself:`,
      ...signInHere(known),
      say`Or sign in with ${'azure/login'} in an earlier step of the same job.`,
    ],
  };
}

/** What is known, with the sign-in that Entra refused. A claim that could not be read is empty. */
function refusedIn(claims: IdTokenClaims, resource: string, known: Known): Known {
  const signIn = { ...known.signIn, ...known.application };
  return {
    ...known,
    signIn: {
      ...signIn,
      issuer: claims.issuer || signIn.issuer,
      subject: claims.subject || signIn.subject,
      audience: claims.audience || signIn.audience,
      resource: resource === AKS_SERVER ? `${resource} (AKS)` : resource,
    },
  };
}

/** The number of Entra's error. */
function aadstsIn(text: string): string | undefined {
  return /AADSTS\d{4,8}/.exec(text)?.[0];
}
