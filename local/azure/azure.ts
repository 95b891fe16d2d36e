import { randomUUID } from 'node:crypto';
import { armError, json } from './answers.ts';
import { armHandlers, sovereignAksVersions, type ArmContext } from './arm.ts';
import { createCommands, type CommandRecord } from './commands.ts';
import {
  createTokenStore,
  defaultAudience,
  defaultClusters,
  demo,
  type Application,
  type Cluster,
} from './domain.ts';
import { instanceDiscovery, openidConfiguration, token, type EntraContext } from './entra.ts';
import { createFaultPlan, type Fault, type HeaderChanges } from './faults.ts';
import { createIssuer, defaultJob, subjectOf, type Job } from '../github/issuer.ts';
import { metadata } from './metadata.ts';
import type { Clock, HttpRequest, HttpResponse, Outcome, PodRunner } from './ports.ts';
import { queryOf, routeOf, type Handler, type Operation, type Route } from './routes.ts';
import { createThrottles, type Throttle } from './throttle.ts';

/** GitHub's issuer, Entra, and ARM as one function from requests to outcomes. */

export type AzureOptions = Readonly<{
  clock: Clock;
  pod: PodRunner;
  /** Where clients reach it, without a trailing slash. */
  url?: string;
  clusters?: readonly Cluster[];
  /** The workflow run that requests ID tokens. */
  job?: Job;
  /** Replaces the one application that trusts the job's subject. */
  applications?: readonly Application[];
  /** Azure actions that the default application is denied. */
  deniedActions?: readonly string[];
  faults?: readonly Fault[];
  /** None by default; `aksThrottles` are the documented ones. */
  throttles?: readonly Throttle[];
  /** Seconds. */
  idTokenLifetime?: number;
  /** Seconds. */
  accessTokenLifetime?: number;
  /** How many milliseconds AKS gives a pod to start. */
  startDeadline?: number;
  /** How many milliseconds AKS keeps a result (seen: about six minutes); for ever if absent. */
  resultRetention?: number;
  /** How many milliseconds the service's clock, which `Date` headers show, is ahead of `clock`. */
  clockOffset?: number;
  /**
   * Acts as a sovereign cloud, which doesn't know the versions of AKS's API that AzureCloud gets
   * first.
   */
  sovereign?: boolean;
  /** For command IDs that are the same in every run. Returns 32 hex digits, different each time. */
  newCommandId?: () => string;
}>;

type RequestRecord = Readonly<
  HttpRequest & {
    operation: Operation;
    /** Milliseconds since the epoch, by the service's clock. */
    at: number;
    outcome: 'pending' | Outcome['kind'];
    /** The answer's, if there was one. */
    status?: number;
  }
>;

export type Azure = Readonly<{
  handle(request: HttpRequest): Promise<Outcome>;
  /** Commands accepted so far, oldest first. */
  commands(): CommandRecord[];
  /** Requests so far, oldest first; only those of one operation, if given. */
  requests(operation?: Operation): RequestRecord[];
  /**
   * Every token issued so far, including the one that requests ID tokens. None may show in a log.
   */
  issuedTokens(): string[];
  addFaults(faults: readonly Fault[]): void;
  /** Forgets the faults that have not struck yet. */
  clearFaults(): void;
  /**
   * Changes the job that requests ID tokens from now on. The default application trusts its
   * subject, too.
   */
  become(changes: Readonly<{ [name in keyof Job]?: Job[name] | undefined }>): void;
  clusters: readonly Cluster[];
  job: Job;
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN` of the job. */
  requestToken: string;
}>;

export function createAzure(options: AzureOptions): Azure {
  const url = options.url ?? 'https://localhost';
  const job: Job = { ...(options.job ?? defaultJob) };
  const clusters = options.clusters ?? defaultClusters;
  const clockOffset = options.clockOffset ?? 0;
  const startDeadline = options.startDeadline ?? 30_000;
  const idTokenLifetime = options.idTokenLifetime ?? 300;
  const clock: Clock = {
    now: () => options.clock.now() + clockOffset,
    sleep: (ms) => options.clock.sleep(ms),
  };

  const issuer = createIssuer(`${url}/github`);
  const applications = options.applications ?? [
    {
      clientId: demo.clientId,
      objectId: demo.objectId,
      tenantId: demo.tenantId,
      credentials: [
        {
          issuer: issuer.url,
          audience: defaultAudience,
          get subject() {
            return subjectOf(job);
          },
        },
      ],
      deniedActions: options.deniedActions ?? [],
    },
  ];
  const tokens = createTokenStore();
  const faults = createFaultPlan(options.faults);
  const commands = createCommands({
    clock,
    pod: options.pod,
    startDeadline,
    ...(options.resultRetention === undefined ? {} : { resultRetention: options.resultRetention }),
    ...(options.newCommandId === undefined ? {} : { newCommandId: options.newCommandId }),
  });
  const requestToken = Buffer.from(randomUUID()).toString('base64url');
  tokens.note(requestToken);
  const requests: { -readonly [name in keyof RequestRecord]: RequestRecord[name] }[] = [];

  const entra: EntraContext = {
    url,
    issuer,
    applications,
    tokens,
    now: clock.now,
    accessTokenLifetime: options.accessTokenLifetime ?? 3600,
  };
  const armContext: ArmContext = {
    url,
    clock,
    clusters,
    tenants: [...new Set(applications.map((application) => application.tenantId))],
    tokens,
    commands,
    faults,
    throttles: createThrottles(options.throttles ?? []),
    startDeadline,
    aksVersions: options.sovereign === true ? sovereignAksVersions : undefined,
  };

  function idToken(request: HttpRequest): HttpResponse {
    if (request.headers['authorization'] !== `Bearer ${requestToken}`) {
      return json(401, { message: 'The request token is missing or wrong.' });
    }
    const value = issuer.idToken(
      job,
      queryOf(request.url).get('audience') ?? undefined,
      clock.now(),
      idTokenLifetime,
    );
    tokens.note(value);
    return json(200, { value });
  }

  const handlers: Readonly<Record<Operation, Handler>> = {
    metadata: (_names, request) => metadata(url, request),
    'id-token': (_names, request) => idToken(request),
    'issuer-configuration': () => json(200, issuer.configuration()),
    'issuer-keys': () => json(200, issuer.keys()),
    'openid-configuration': ({ tenant }, request) => openidConfiguration(entra, tenant, request),
    'instance-discovery': () => instanceDiscovery(entra),
    // Access tokens are opaque to clients, so their keys are of no use to anyone.
    'entra-keys': () => json(200, { keys: [] }),
    token: ({ tenant }, request) => token(entra, tenant, request),
    ...armHandlers(armContext),
    unknown: (_names, { method }) => armError(404, 'NotFound', `Nothing answers ${method} here.`),
  };

  /** The headers that every answer has, added if the handler did not set them. */
  function complete(route: Route, response: HttpResponse): HttpResponse {
    // In every recording, the ID of a command is the request ID of the POST that created it,
    // without its dashes. Nobody has recorded one that ended in an error, so there it is another.
    const created = /\/commandResults\/([0-9a-f]{32})\b/.exec(
      response.headers['location'] ?? '',
    )?.[1];
    const requestId = created?.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') ?? randomUUID();
    const writesLeft = Math.max(0, 1200 - commands.all().length);
    return {
      ...response,
      headers: {
        date: new Date(clock.now()).toUTCString(),
        'cache-control': 'no-cache',
        'x-ms-request-id': requestId,
        ...(route.operation === 'get-cluster' || route.operation === 'command-result'
          ? {
              'x-ms-correlation-request-id': requestId,
              'x-ms-ratelimit-remaining-subscription-reads': '11999',
            }
          : {}),
        ...(route.operation === 'run-command'
          ? {
              'x-ms-correlation-request-id': requestId,
              'x-ms-ratelimit-remaining-subscription-writes': String(writesLeft),
            }
          : {}),
        ...response.headers,
      },
    };
  }

  const serve = ({ operation, names }: Route, request: HttpRequest) =>
    handlers[operation](names, request);

  async function outcomeOf(route: Route, request: HttpRequest): Promise<Outcome> {
    const delay = faults.delay(route.operation);
    if (delay > 0) await clock.sleep(delay);
    const fault = faults.network(route.operation);
    switch (fault?.kind) {
      case 'reset-before':
        return { kind: 'reset' };
      case 'hang':
        return { kind: 'hang' };
      case 'answer':
        return {
          kind: 'answer',
          response: change(
            complete(route, inTheServicesPlace(fault.status, fault.body ?? '')),
            fault,
          ),
        };
      case 'reset-after':
        await serve(route, request);
        return { kind: 'reset' };
      case 'hang-after':
        await serve(route, request);
        return { kind: 'hang' };
      case 'rewrite':
        return {
          kind: 'answer',
          response: change(complete(route, await serve(route, request)), fault),
        };
      case undefined:
        return { kind: 'answer', response: complete(route, await serve(route, request)) };
    }
  }

  return {
    async handle(request) {
      const route = routeOf(request);
      const record: (typeof requests)[number] = {
        ...request,
        operation: route.operation,
        at: clock.now(),
        outcome: 'pending',
      };
      requests.push(record);
      const outcome = await outcomeOf(route, request);
      record.outcome = outcome.kind;
      if (outcome.kind === 'answer') record.status = outcome.response.status;
      return outcome;
    },
    commands: () => commands.all(),
    requests: (operation) =>
      requests
        .filter((request) => operation === undefined || request.operation === operation)
        .map((request) => ({ ...request })),
    issuedTokens: () => tokens.all(),
    addFaults: (more) => {
      faults.add(more);
    },
    clearFaults: () => {
      faults.clear();
    },
    become: (changes) => {
      Object.assign(job, changes);
    },
    clusters,
    job,
    requestToken,
  };
}

/** A fault need not give the content type if the body looks like JSON. */
function inTheServicesPlace(status: number, body: string): HttpResponse {
  const type = body.startsWith('{') ? 'application/json; charset=utf-8' : 'text/html';
  return { status, headers: body === '' ? {} : { 'content-type': type }, body };
}

function change(
  response: HttpResponse,
  to: Readonly<{ status?: number; headers?: HeaderChanges; body?: string }>,
): HttpResponse {
  const headers: Record<string, string> = { ...response.headers };
  for (const [name, value] of Object.entries(to.headers ?? {})) {
    if (value === null) {
      Reflect.deleteProperty(headers, name.toLowerCase());
    } else {
      headers[name.toLowerCase()] = value;
    }
  }
  if (to.body !== undefined) Reflect.deleteProperty(headers, 'content-length');
  return { status: to.status ?? response.status, headers, body: to.body ?? response.body };
}
