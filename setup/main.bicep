// Lets the jobs of one GitHub environment run commands on one AKS cluster. It makes the same as
// setup.sh, with the same names, except for the environment, which Bicep can't make. docs/SETUP.md
// explains each part, and how to protect the environment first. Deploy this to the resource group of
// the cluster.
//
// How far it is verified: nobody has run it yet. CI compiles it. Every type and property was looked
// up in Microsoft's reference of Bicep. The path of a namespace has no type there. It is written as
// in Microsoft's AKS baseline.

@description('OWNER/REPO, in GitHub\'s own letter case')
param repository string

@description('Environment of the repository whose jobs may run commands')
param environment string

@description('Name of the AKS cluster')
param clusterName string

@description('Name of the identity to create, by default the one that setup.sh gives it; if one has this name already, Bicep takes it over, so check that first')
param identityName string = ''

@description('What `gh api repos/OWNER/REPO/actions/oidc/customization/sub --jq .sub_claim_prefix` prints, unless that is null; needed for repositories created, renamed, or transferred on or after 2026-07-15')
param subjectPrefix string = 'repo:${repository}'

@description('Namespace in which the identity may change things; only for clusters with Azure RBAC for Kubernetes')
param namespace string = ''

@description('Whether to allow `on-cancel: stop`, and so to enter the pods of other commands; only for clusters with Azure RBAC for Kubernetes')
param allowStop bool = false

@description('Resource ID of the role with the three actions below, if it exists; otherwise, it is created')
param roleDefinitionId string = ''

@description('Resource ID of the role with the two data actions below, if it exists; otherwise, allowStop creates it')
param stopRoleDefinitionId string = ''

param location string = resourceGroup().location

// github-OWNER__REPO__ENVIRONMENT, which no other environment gets
var repositoryPart = replace(replace(replace(toLower(repository), '_', '_5f'), '.', '_2e'), '/', '__')
var environmentPart = replace(replace(toLower(environment), '_', '_5f'), '.', '_2e')
var defaultName = 'github-${repositoryPart}__${environmentPart}'

var subject = '${subjectPrefix}:environment:${environment}'

// The ID of Azure Kubernetes Service RBAC Writer
var rbacWriter = 'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb'

resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' existing = {
  name: clusterName

  // Bicep has no type for this path, which only role assignments use.
  #disable-next-line BCP081
  resource ofNamespace 'namespaces' existing = {
    name: empty(namespace) ? 'default' : namespace
  }

  #disable-next-line BCP081
  resource ofCommands 'namespaces' existing = {
    name: 'aks-command'
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: empty(identityName) ? defaultName : identityName
  location: location
  tags: { github: subject }

  resource trust 'federatedIdentityCredentials' = {
    name: 'github'
    properties: {
      issuer: 'https://token.actions.githubusercontent.com'
      subject: subject
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(roleDefinitionId)) {
  name: guid(resourceGroup().id, 'AKS Run Command')
  properties: {
    roleName: 'AKS Run Command'
    description: 'Run commands in AKS clusters and read their results'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.ContainerService/managedClusters/commandResults/read'
          'Microsoft.ContainerService/managedClusters/read'
          'Microsoft.ContainerService/managedClusters/runCommand/action'
        ]
      }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: cluster
  name: guid(cluster.id, identity.id, 'AKS Run Command')
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: empty(roleDefinitionId) ? role.id : roleDefinitionId
  }
}

resource namespaceAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(namespace)) {
  scope: cluster::ofNamespace
  name: guid(cluster.id, identity.id, namespace, rbacWriter)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', rbacWriter)
  }
}

resource stopRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (allowStop && empty(stopRoleDefinitionId)) {
  name: guid(resourceGroup().id, 'AKS Run Command Stop')
  properties: {
    roleName: 'AKS Run Command Stop'
    description: 'Stop commands that run in AKS clusters'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        dataActions: [
          'Microsoft.ContainerService/managedClusters/pods/exec/action'
          'Microsoft.ContainerService/managedClusters/pods/read'
        ]
      }
    ]
  }
}

resource stopAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (allowStop) {
  scope: cluster::ofCommands
  name: guid(cluster.id, identity.id, 'AKS Run Command Stop')
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: empty(stopRoleDefinitionId) ? stopRole.id : stopRoleDefinitionId
  }
}

@description('Name of the identity')
output identity string = identity.name

@description('Variables for the environment; none is secret')
output variables object = {
  AKS_CLUSTER_ID: cluster.id
  AZURE_CLIENT_ID: identity.properties.clientId
  AZURE_TENANT_ID: identity.properties.tenantId
}
