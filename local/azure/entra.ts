import { randomUUID } from 'node:crypto';
import { json } from './answers.ts';
import {
  aksServerApplication,
  sameName,
  type Application,
  type FederatedCredential,
  type Resource,
  type TokenStore,
} from './domain.ts';
import type { IdTokenClaims, Issuer } from '../github/issuer.ts';
import type { HttpRequest, HttpResponse } from './ports.ts';

/**
 * Entra: discovery documents and the token endpoint, for client credentials with a federated
 * assertion.
 */

export type EntraContext = Readonly<{
  /** The authority, without a tenant and without a trailing slash. */
  url: string;
  issuer: Issuer;
  applications: readonly Application[];
  tokens: TokenStore;
  /** Milliseconds since the epoch, by the service's clock. */
  now(): number;
  /** How many seconds an access token lives. */
  accessTokenLifetime: number;
}>;

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const help =
  'Check your federated identity credential Subject, Audience and Issuer against the ' +
  'presented assertion. ' +
  'https://learn.microsoft.com/entra/workload-id/workload-identity-federation';

/** An OAuth error as Entra words it. Throwing it ends the token request. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly error: string;
  readonly code: number;

  constructor(status: number, error: string, code: number, message: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.code = code;
  }
}

export function openidConfiguration(
  context: EntraContext,
  tenant: string,
  request: HttpRequest,
): HttpResponse {
  if (!context.applications.some((application) => sameName(application.tenantId, tenant))) {
    return refused(context, request, noSuchTenant('invalid_tenant', tenant));
  }
  const base = `${context.url}/${tenant}`;
  return json(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    tenant_region_scope: null,
  });
}

/** The answer to a client that insists on instance discovery. */
export function instanceDiscovery(context: EntraContext): HttpResponse {
  const { host } = new URL(context.url);
  return json(200, {
    tenant_discovery_endpoint: `${context.url}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

/** `POST /{tenant}/oauth2/v2.0/token`. */
export function token(context: EntraContext, tenant: string, request: HttpRequest): HttpResponse {
  try {
    const form = formOf(request);
    const application = signIn(context, tenant, form);
    const scope = required(form, 'scope');
    const resource = resourceOf(context, tenant, scope);
    const issuedAt = Math.floor(context.now() / 1000);
    const issued = context.tokens.issue(
      application,
      resource,
      context.now() + context.accessTokenLifetime * 1000,
      {
        aud: resource === 'arm' ? `${context.url}/` : aksServerApplication,
        iss: `https://sts.windows.net/${application.tenantId}/`,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + context.accessTokenLifetime,
        appid: application.clientId,
        oid: application.objectId,
        tid: application.tenantId,
        uti: randomUUID(),
        ver: '1.0',
      },
    );
    return json(
      200,
      {
        token_type: 'Bearer',
        expires_in: context.accessTokenLifetime - 1,
        ext_expires_in: context.accessTokenLifetime - 1,
        access_token: issued.value,
      },
      { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    );
  } catch (error) {
    if (error instanceof Refusal) return refused(context, request, error);
    throw error;
  }
}

/**
 * The fields of a request for client credentials with a federated assertion, the one grant that
 * this server knows.
 */
function formOf({ headers, body }: HttpRequest): URLSearchParams {
  const form = new URLSearchParams(body);
  const type = headers['content-type'] ?? '';
  const isOurs =
    type.toLowerCase().startsWith('application/x-www-form-urlencoded') &&
    form.get('grant_type') === 'client_credentials' &&
    form.get('client_assertion_type') === assertionType &&
    !form.has('client_secret');
  if (!isOurs) {
    throw invalidRequest('Only client credentials with a federated assertion are accepted here.');
  }
  return form;
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name) ?? '';
  if (value === '') {
    throw invalidRequest(`The request body must contain the following parameter: '${name}'.`);
  }
  return value;
}

function invalidRequest(message: string): Refusal {
  return new Refusal(400, 'invalid_request', 900144, message);
}

/** The application that the assertion stands for. Throws if the assertion is not good for it. */
function signIn(context: EntraContext, tenant: string, form: URLSearchParams): Application {
  const clientId = required(form, 'client_id');
  const ofTenant = context.applications.filter((application) =>
    sameName(application.tenantId, tenant),
  );
  if (ofTenant.length === 0) throw noSuchTenant('invalid_request', tenant);
  const application = ofTenant.find((candidate) => sameName(candidate.clientId, clientId));
  if (application === undefined) {
    throw new Refusal(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'. ` +
        'This can happen if the application has not been installed by the administrator of the ' +
        'tenant or consented to by any user in the tenant. You may have sent your ' +
        'authentication request to the wrong tenant.',
    );
  }
  accept(context, application, required(form, 'client_assertion'));
  return application;
}

function accept(context: EntraContext, application: Application, presented: string): void {
  const assertion = context.issuer.read(presented);
  if (assertion.kind === 'malformed') {
    throw new Refusal(400, 'invalid_request', 50027, 'JWT token is invalid or malformed.');
  }
  const { claims } = assertion;
  match(application.credentials, claims);
  if (!assertion.signed) {
    throw new Refusal(
      401,
      'invalid_client',
      700027,
      'Client assertion failed signature validation.',
    );
  }
  const now = context.now();
  if (now < claims.nbf * 1000 || now >= claims.exp * 1000) {
    const [current, from, until] = [now, claims.nbf * 1000, claims.exp * 1000].map(instant);
    throw new Refusal(
      401,
      'invalid_client',
      700024,
      `Client assertion is not within its valid time range. Current time: ${current ?? ''}, ` +
        `assertion valid from ${from ?? ''}, expiry time of assertion ${until ?? ''}. Review ` +
        'the documentation at ' +
        'https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
    );
  }
}

/**
 * Compares issuer, subject, and audience, in this order. Entra names the first one that no
 * credential matches.
 */
function match(credentials: readonly FederatedCredential[], claims: IdTokenClaims): void {
  const steps = [
    {
      code: 700211,
      what: 'issuer',
      value: claims.iss,
      has: (one: FederatedCredential) => one.issuer === claims.iss,
    },
    {
      code: 700213,
      what: 'subject',
      value: claims.sub,
      has: (one: FederatedCredential) => one.subject === claims.sub,
    },
    {
      code: 700212,
      what: 'audience',
      value: claims.aud,
      has: (one: FederatedCredential) => one.audience === claims.aud,
    },
  ];
  let left = credentials;
  for (const { code, what, value, has } of steps) {
    left = left.filter(has);
    if (left.length === 0) {
      throw new Refusal(
        401,
        'invalid_client',
        code,
        `No matching federated identity record found for presented assertion ${what} ` +
          `'${value}'. ${help}`,
      );
    }
  }
}

/**
 * A scope is a known resource, a slash, and `.default`. If the resource ends in a slash, clients
 * double it.
 */
function resourceOf(context: EntraContext, tenant: string, scope: string): Resource {
  const [, resource] = /^(.*?)\/?\/\.default$/.exec(scope) ?? [];
  if (resource === context.url) return 'arm';
  if (resource !== undefined && sameName(resource, aksServerApplication)) return 'aks';
  throw new Refusal(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource ?? scope} was not found in the tenant named ` +
      `${tenant}. This can happen if the application has not been installed by the ` +
      'administrator of the tenant or consented to by any user in the tenant. You might have ' +
      'sent your authentication request to the wrong tenant.',
  );
}

function noSuchTenant(error: string, tenant: string): Refusal {
  return new Refusal(
    400,
    error,
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are ` +
      'signing into the correct cloud. Check with your subscription administrator, this may ' +
      'happen if there are no active subscriptions for the tenant.',
  );
}

/** The shape of recorded refusals, such as microsoft/Agents#202. */
function refused(context: EntraContext, request: HttpRequest, refusal: Refusal): HttpResponse {
  const traceId = randomUUID();
  const correlationId = request.headers['client-request-id'] ?? randomUUID();
  const timestamp = `${new Date(context.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return json(
    refusal.status,
    {
      error: refusal.error,
      error_description:
        `AADSTS${refusal.code}: ${refusal.message} Trace ID: ${traceId} Correlation ID: ` +
        `${correlationId} Timestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `${context.url}/error?code=${refusal.code}`,
    },
    { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
  );
}

/** Entra writes seven decimal places of a second. */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}
