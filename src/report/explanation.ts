import { describeAnswer, requestIds, serviceError, type Answer } from '../azure/answer.ts';
import { formatBytes } from './bytes.ts';
import { FILES, lookUp, OWN, type Row, type Signs, type Text } from './catalogue.ts';
import { AKS_SERVER_SCOPE, CLOUD_NAMES, defaultAudience, METADATA_PATH, type Environment } from '../azure/cloud.ts';
import type { CommandId } from '../azure/command-id.ts';
import type { Failure, FileSize, FilesProblem } from '../failure.ts';
import { resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import { fill, json, visible, type Values } from './paste.ts';
import type { State } from '../verdict.ts';
import { formatDuration } from '../lifecycle/duration.ts';
import type { IdTokenClaims } from '../azure/id-token.ts';
import type { SignIn } from '../azure/port.ts';

/** A failure in words for people. All of it may hold foreign text. */
export type Explanation = {
  /** Anchor in docs/TROUBLESHOOTING.md. */
  readonly section: string;
  /** What happened, in one clear sentence on one line. */
  readonly sentence: string;
  /** The service's own code, words and request ids; empty where it said nothing. */
  readonly words: string;
  /** The next move: prose, and indented by two spaces what is to be pasted. Empty where there is none. */
  readonly move: string;
};

/** What is known when a failure is explained. */
export type Context = {
  readonly cluster?: ManagedCluster;
  readonly signIn?: SignIn;
  readonly environment?: Environment;
  readonly repository?: string;
  readonly commandId?: CommandId;
  /** What became of the command: the next move after a cancel depends on it. Else judged by the command id. */
  readonly state?: State;
};

/** Explains a failure. */
export function explain(failure: Failure, context: Context): Explanation {
  const { text, values = {}, words = '' } = read(failure, context);
  return compose(text, { ...contextValues(context), ...values }, words);
}

function compose(text: Text, values: Values, words: string): Explanation {
  return {
    section: text.section,
    sentence: fill(text.sentence, values),
    words: readable(words),
    move: fill(text.move, values),
  };
}

/** Words of a service as they may be shown: without the controls, and without a proxy's page. */
function readable(words: string): string {
  const page = words.search(/<(?:!doctype|html)\b/i);
  const text = page === -1 ? words : words.slice(0, page);
  return text
    .split(/\r\n?|\n/)
    .map(visible)
    .join('\n')
    .trim();
}

type Reading = { readonly text: Text; readonly values?: Values; readonly words?: string };

function read(failure: Failure, context: Context): Reading {
  const own = failure.code === 'files' ? FILES[failure.problem.kind] : OWN[failure.code];
  switch (failure.code) {
    case 'invalid-inputs':
      return { text: own, values: { problems: failure.problems } };
    case 'files':
      return { text: own, values: filesValues(failure.problem) };
    case 'too-large':
      return {
        text: (failure.packed ? undefined : lookUp({ service: 'action', code: 'files-too-large' })) ?? own,
        values: {
          size: exactSize(failure.bytes),
          limit: exactSize(failure.limit),
          biggest: failure.biggest.length === 0 ? undefined : ['The biggest files:', ...failure.biggest.map(sizeLine)],
        },
      };
    case 'id-token':
    case 'unexpected':
      return { text: own, words: failure.detail };
    case 'no-session':
      return { text: lookUp({ service: 'session', ...aadsts(failure.detail) }) ?? own, words: failure.detail };
    case 'entra': {
      const { answer, claims, scope } = failure;
      const message = messageOf(answer);
      const signs: Signs = {
        service: 'entra',
        ...signsOf(answer),
        ...aadsts(message),
        text: `${message}\n${claims.subject}`,
      };
      return { text: lookUp(signs) ?? own, values: signInValues(scope, claims, context), words: wordsOf(answer) };
    }
    case 'cloud-metadata':
      return {
        text: own,
        values: { endpoint: failure.endpoint, metadataUrl: failure.endpoint + METADATA_PATH },
        words: wordsOf(failure.answer),
      };
    case 'cluster-unreadable':
      return fromArm(failure.answer, own, 'Microsoft.ContainerService/managedClusters/read');
    case 'submission-refused':
      return fromArm(failure.answer, own, RUN_COMMAND);
    case 'result-missing':
      return fromArm(failure.answer, own, COMMAND_RESULTS);
    case 'result-forbidden':
      return { text: own, values: rightsValues(failure.answer, COMMAND_RESULTS), words: wordsOf(failure.answer) };
    case 'submission-unclear':
    case 'start-unclear':
      return { text: own, words: wordsOf(failure.answer) };
    case 'did-not-start':
      return {
        text: own,
        values: { submissions: failure.submissions === 1 ? 'one submission' : `${failure.submissions} submissions` },
        words: failure.answer ? wordsOf(failure.answer) : '',
      };
    case 'aks-failed':
      return { text: lookUp({ service: 'aks', text: failure.reason }) ?? own, words: failure.reason };
    case 'cancelled':
      return { text: lookUp({ service: 'action', code: failure.code, state: stateOf(context) }) ?? own };
    case 'no-answer-in-time':
      return { text: own, values: { duration: formatDuration(failure.seconds) } };
    case 'timed-out':
      return {
        text: own,
        values: { duration: formatDuration(failure.seconds), longer: `${Math.ceil((failure.seconds * 2) / 60)}m` },
      };
    case 'exit-code':
      return { text: own, values: { exitCode: String(failure.exitCode) } };
    case 'outputs-malformed':
      return { text: own, values: { line: String(failure.line), problem: failure.problem } };
    case 'no-id-token':
    case 'cluster-stopped':
    case 'run-command-disabled':
    case 'pod-refused':
    case 'not-waited':
    case 'no-exit-code':
    case 'no-boundary':
    case 'no-bash':
    case 'outputs-too-large':
    case 'outputs-lost':
      return { text: own };
  }
}

function stateOf({ state, commandId }: Context): State | undefined {
  return state ?? (commandId === undefined ? undefined : 'running');
}

const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';

function fromArm(answer: Answer, own: Text, action: string): Reading {
  const text = lookUp({ service: 'arm', ...signsOf(answer) }) ?? own;
  return { text, values: rightsValues(answer, action), words: wordsOf(answer) };
}

function signsOf(answer: Answer): { code: string; status: number; text: string } {
  if (answer.kind === 'unanswered') return { code: '', status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: message };
}

function messageOf(answer: Answer): string {
  return answer.kind === 'unanswered' ? answer.cause : serviceError(answer.body).message;
}

/** Entra's own number in a message. */
function aadsts(text: string): { code?: string } {
  const code = /AADSTS\d{4,8}/.exec(text)?.[0];
  return code === undefined ? {} : { code };
}

function wordsOf(answer: Answer): string {
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}

function contextValues({ cluster, signIn, environment, commandId }: Context): Values {
  const oidc = signIn?.kind === 'oidc' ? signIn : undefined;
  const expectedAudience = environment && defaultAudience(environment);
  const name = environment?.kind === 'named' ? environment.name : environment?.resourceManager;
  return {
    commandId,
    subscription: cluster?.subscriptionId,
    group: cluster?.resourceGroup,
    cluster: cluster?.name,
    clusterId: cluster && resourceId(cluster),
    clientId: oidc?.clientId,
    tenantId: oidc?.tenantId,
    ownAudience: oidc?.audience === expectedAudience ? undefined : oidc?.audience,
    expectedAudience,
    environment: name === 'azurecloud' ? undefined : name,
    environmentName: name ?? CLOUD_NAMES[0],
    principal: oidc?.clientId,
    roleName: ROLE_NAME,
    role:
      cluster &&
      json({
        Name: ROLE_NAME,
        Description: 'Run commands in AKS clusters and read their results',
        Actions: ['Microsoft.ContainerService/managedClusters/read', RUN_COMMAND, COMMAND_RESULTS],
        AssignableScopes: [`/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}`],
      }),
    tenantQuery: 'tenantId',
    principalQuery: '{clientId:appId, name:displayName, tenantId:appOwnerOrganizationId}',
    subscriptionsQuery: '[].{name:name, subscriptionId:id, tenantId:tenantId}',
    clustersQuery: '[].{cluster:name, resourceGroup:resourceGroup}',
    identityQuery: `[?clientId=='${oidc?.clientId ?? 'CLIENT_ID'}'].{name:name, resourceGroup:resourceGroup}`,
  };
}

const ROLE_NAME = 'AKS Run Command';

function signInValues(scope: string, claims: IdTokenClaims, context: Context): Values {
  const { repository = 'OWNER/REPOSITORY', signIn } = context;
  const claim = (name: 'issuer' | 'subject' | 'audience', fallback: string) => {
    return claims[name] === '' ? fallback : claims[name];
  };
  const issuer = claim('issuer', 'https://token.actions.githubusercontent.com');
  const subject = claim('subject', `repo:${repository}:ref:refs/heads/BRANCH`);
  const audience = claim('audience', signIn?.kind === 'oidc' ? signIn.audience : 'AUDIENCE');
  const name = credentialName(subject);
  return {
    issuer,
    subject,
    audience,
    credentialName: name,
    credential: json({ name, issuer, subject, audiences: [audience] }),
    resource: scope === AKS_SERVER_SCOPE ? `${scope.replace('/.default', '')} (AKS)` : scope.replace('/.default', ''),
  };
}

/** A federated credential's name: letters, digits, `-` and `_`, 3 to 120 of them, that tell the subject. */
function credentialName(subject: string): string {
  const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `github-${words}`.slice(0, 120).replace(/-$/, '');
}

function rightsValues(answer: Answer, action: string): Values {
  const message = messageOf(answer);
  const denied = /perform action '([\w./]{1,200})'/.exec(message)?.[1] ?? action;
  const objectId = /with object id '([0-9a-f-]{36})'/i.exec(message)?.[1];
  return { action: denied, ...(objectId !== undefined && { principal: objectId }) };
}

function filesValues(problem: FilesProblem): Values {
  return problem.kind === 'no-match' ? { patterns: problem.patterns.join(', ') } : problem;
}

function sizeLine({ path, bytes }: FileSize): string {
  return `${formatBytes(bytes).padStart(10)}  ${path}`;
}

function exactSize(bytes: number): string {
  return `${formatBytes(bytes)} (${bytes.toLocaleString('en')} bytes)`;
}

/** Hints look at this much of the output's end only: a command with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** … and at this much of a line, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;

/**
 * Hints beside the output of a command that failed: those that its own words, or its exit code, justify. Of many, the
 * last in the output.
 */
export function outputHints(output: string, exitCode: number | undefined, context: Context): Explanation[] {
  const found = new Map<Row, string>();
  for (const line of output.slice(-HINT_CHARACTERS).split(/\r?\n/)) {
    const text = line.slice(0, MAX_LINE);
    const row = lookUp({ service: 'output', text });
    if (!row) continue;
    found.delete(row);
    found.set(row, text);
  }
  const killed = exitCode === undefined ? undefined : lookUp({ service: 'output', exitCode });
  if (killed) found.set(killed, '');
  const general = contextValues(context);
  return [...found]
    .slice(-MOST_HINTS)
    .map(([row, line]) => compose(row, { ...general, ...lineValues(line, context) }, ''));
}

function lineValues(line: string, { cluster }: Context): Values {
  const [, user, verb, kind] = /User "([^"]*)" cannot (\w+) resource "([^"]*)"/.exec(line) ?? [];
  const namespace = /in the namespace "([a-z0-9-]{1,63})"/.exec(line)?.[1];
  return {
    user,
    verb,
    kind,
    namespace,
    clusterUser: namespace === undefined ? user : undefined,
    kubernetesRole: `Azure Kubernetes Service RBAC ${namespace === undefined ? 'Cluster Admin' : 'Writer'}`,
    kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
    deployment: /deployment "([a-z0-9.-]{1,253})" exceeded/.exec(line)?.[1],
    program: /([^\s:]{1,100}): (?:command )?not found$/.exec(line)?.[1],
  };
}
