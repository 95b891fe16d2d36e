// The cluster of .github/workflows/acceptance.yml: private, as small as possible, and gone after the run.
@description('Subject of the ID tokens of the workflow')
param subject string
param location string = resourceGroup().location

// The identity that runs the workflow, and deploys this.
var principalId = deployer().objectId

var roles = {
  aksContributor: 'ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8'
  aksRbacClusterAdmin: 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b'
  // Can read everything, but not run commands.
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
  // AKS Cluster Admin: can run commands, but not read their results.
  aksClusterAdmin: '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8'
}

resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: 'acceptance'
  location: location
  // scripts/acceptance.ts changes only clusters with this tag.
  tags: { 'aks-run-command-acceptance': resourceGroup().tags.expires }
  sku: { name: 'Base', tier: 'Free' }
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: 'acceptance'
    disableLocalAccounts: true
    aadProfile: { managed: true, enableAzureRBAC: true }
    apiServerAccessProfile: { enablePrivateCluster: true }
    agentPoolProfiles: [{ name: 'nodes', mode: 'System', count: 2, vmSize: 'Standard_B2s_v2', osType: 'Linux' }]
  }
}

resource limited 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [
  for name in ['without-run-command', 'without-results']: { name: name, location: location }
]

resource trust 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = [
  for index in range(0, 2): {
    parent: limited[index]
    name: 'github'
    properties: {
      issuer: 'https://token.actions.githubusercontent.com'
      subject: subject
      audiences: ['api://AzureADTokenExchange']
    }
  }
]

resource limitedRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (role, index) in [roles.reader, roles.aksClusterAdmin]: {
    scope: cluster
    name: guid(cluster.id, role)
    properties: {
      principalId: limited[index].properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource ownRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.aksContributor, roles.aksRbacClusterAdmin]: {
    scope: cluster
    name: guid(cluster.id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

@description('For npm run acceptance')
output arguments string = '--cluster ${cluster.id} --without-run-command ${limited[0].properties.clientId} --without-results ${limited[1].properties.clientId}'
