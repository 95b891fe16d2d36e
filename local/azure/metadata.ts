import { armError, json } from './answers.ts';
import type { HttpRequest, HttpResponse } from './ports.ts';
import { queryOf } from './routes.ts';

/**
 * `GET /metadata/endpoints`: what a client needs to know about this cloud. The fields are those
 * that the Azure CLI reads (azure-cli-core `cloud.py`, `_arm_to_cli_mapper`). The names of services
 * that don't exist here cannot resolve.
 */
export function metadata(url: string, request: HttpRequest): HttpResponse {
  const version = queryOf(request.url).get('api-version');
  if (version === null) {
    return armError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (version !== '2022-09-01') {
    return armError(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`);
  }
  const absent = (service: string): string => `https://${service}.local-azure.invalid/`;
  return json(200, {
    name: 'LocalAzure',
    portal: absent('portal'),
    authentication: {
      loginEndpoint: url,
      audiences: [`${url}/`],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager: `${url}/`,
    graph: absent('graph'),
    graphAudience: absent('graph'),
    microsoftGraphResourceId: absent('graph'),
    gallery: absent('gallery'),
    batch: absent('batch'),
    media: absent('media'),
    sqlManagement: absent('sql'),
    vmImageAliasDoc: absent('images'),
    activeDirectoryDataLake: absent('datalake'),
    appInsightsResourceId: absent('insights'),
    appInsightsTelemetryChannelResourceId: absent('insights'),
    attestationResourceId: absent('attestation'),
    logAnalyticsResourceId: absent('logs'),
    ossrdbmsResourceId: absent('databases'),
    synapseAnalyticsResourceId: absent('synapse'),
    suffixes: {
      acrLoginServer: 'registry.local-azure.invalid',
      attestationEndpoint: 'attestation.local-azure.invalid',
      azureDataLakeAnalyticsCatalogAndJob: 'analytics.local-azure.invalid',
      azureDataLakeStoreFileSystem: 'store.local-azure.invalid',
      keyVaultDns: 'vault.local-azure.invalid',
      mariadbServerEndpoint: 'mariadb.local-azure.invalid',
      mhsmDns: 'hsm.local-azure.invalid',
      mysqlServerEndpoint: 'mysql.local-azure.invalid',
      postgresqlServerEndpoint: 'postgres.local-azure.invalid',
      sqlServerHostname: 'sql.local-azure.invalid',
      storage: 'storage.local-azure.invalid',
      storageSyncEndpointSuffix: 'sync.local-azure.invalid',
      synapseAnalytics: 'synapse.local-azure.invalid',
    },
  });
}
