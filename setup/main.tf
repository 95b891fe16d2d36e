# Lets the jobs of one GitHub environment run commands on one AKS cluster. It makes the same as
# setup.sh, with the same names. docs/SETUP.md explains each part.
#
# How far it is verified: nobody has run it yet. CI validates it. Every resource and argument was
# looked up in the types that CDKTF generates from azurerm 4.73 and github 6.9, and
# azurerm_federated_identity_credential in the documentation of azurerm 5.12.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
    github = {
      source  = "integrations/github"
      version = "~> 6.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id = var.subscription_id
}

provider "github" {
  owner = local.owner
}

variable "repository" {
  description = "OWNER/REPO, in GitHub's own letter case"
  type        = string
}

variable "environment" {
  description = "The environment to create; if it exists, import it first, because its rules are replaced"
  type        = string
}

variable "subscription_id" {
  description = "Subscription of the cluster"
  type        = string
}

variable "resource_group_name" {
  description = "Resource group of the cluster, in which the identity is created"
  type        = string
}

variable "cluster_name" {
  description = "Name of the AKS cluster"
  type        = string
}

variable "identity_name" {
  description = "Name of the identity to create; by default, the one that setup.sh gives it"
  type        = string
  default     = null
}

variable "reviewers" {
  description = "GitHub users, one of whom has to approve each job, but not one of their own"
  type        = set(string)
  default     = []
}

variable "branches" {
  description = "Protected branches whose jobs may use the environment"
  type        = set(string)
  default     = []
}

variable "namespace" {
  description = "Namespace in which the identity may change things; only for clusters with Azure RBAC for Kubernetes"
  type        = string
  default     = null
}

variable "allow_stop" {
  description = "Whether to allow `on-cancel: stop`, and so to enter the pods of other commands; only for clusters with Azure RBAC for Kubernetes"
  type        = bool
  default     = false
}

variable "unprotected" {
  description = "Whether to accept an environment that lets in everyone with write access"
  type        = bool
  default     = false
}

variable "subject_prefix" {
  description = "What `gh api repos/OWNER/REPO/actions/oidc/customization/sub --jq .sub_claim_prefix` prints, unless that is null; needed for repositories created, renamed, or transferred on or after 2026-07-15"
  type        = string
  default     = null
}

variable "role_definition_id" {
  description = "Resource ID of the role with the three actions below, if it exists; otherwise, it is created"
  type        = string
  default     = null
}

variable "stop_role_definition_id" {
  description = "Resource ID of the role with the two data actions below, if it exists; otherwise, allow_stop creates it"
  type        = string
  default     = null
}

locals {
  owner        = split("/", var.repository)[0]
  name         = split("/", var.repository)[1]
  subscription = "/subscriptions/${var.subscription_id}"
  cluster_id   = "${local.subscription}/resourceGroups/${var.resource_group_name}/providers/Microsoft.ContainerService/managedClusters/${var.cluster_name}"

  subject      = "${coalesce(var.subject_prefix, "repo:${var.repository}")}:environment:${var.environment}"

  # github-OWNER__REPO__ENVIRONMENT, which no other environment gets
  parts    = [for part in [local.owner, local.name, var.environment] : replace(replace(lower(part), "_", "_5f"), ".", "_2e")]
  identity = coalesce(var.identity_name, "github-${join("__", local.parts)}")

  variables = {
    AKS_CLUSTER_ID  = local.cluster_id
    AZURE_CLIENT_ID = azurerm_user_assigned_identity.github.client_id
    AZURE_TENANT_ID = azurerm_user_assigned_identity.github.tenant_id
  }
}

# 1. The environment and its rules

data "github_user" "reviewer" {
  for_each = var.reviewers

  username = each.value
}

resource "github_repository_environment" "this" {
  repository          = local.name
  environment         = var.environment
  prevent_self_review = length(var.reviewers) > 0

  dynamic "reviewers" {
    for_each = length(var.reviewers) > 0 ? [true] : []
    content {
      users = [for user in data.github_user.reviewer : user.id]
    }
  }

  dynamic "deployment_branch_policy" {
    for_each = length(var.branches) > 0 ? [true] : []
    content {
      protected_branches     = false
      custom_branch_policies = true
    }
  }

  lifecycle {
    precondition {
      condition     = var.unprotected || length(var.reviewers) + length(var.branches) > 0
      error_message = "Everyone with write access could run commands. Set reviewers, or protected branches."
    }
  }
}

resource "github_repository_environment_deployment_policy" "branch" {
  for_each = var.branches

  repository     = local.name
  environment    = github_repository_environment.this.environment
  branch_pattern = each.value
}

# 2. The identity, which comes after the rules, and so do its credential and its roles

data "azurerm_resource_group" "cluster" {
  name = var.resource_group_name
}

resource "azurerm_user_assigned_identity" "github" {
  name                = local.identity
  resource_group_name = var.resource_group_name
  location            = data.azurerm_resource_group.cluster.location
  tags                = { github = local.subject }

  depends_on = [
    github_repository_environment.this,
    github_repository_environment_deployment_policy.branch,
  ]
}

resource "azurerm_federated_identity_credential" "github" {
  name                      = "github"
  user_assigned_identity_id = azurerm_user_assigned_identity.github.id
  issuer                    = "https://token.actions.githubusercontent.com"
  subject                   = local.subject
  audience                  = ["api://AzureADTokenExchange"]
}

# 3. The roles

resource "azurerm_role_definition" "run_command" {
  count = var.role_definition_id == null ? 1 : 0

  name        = "AKS Run Command"
  description = "Run commands in AKS clusters and read their results"
  scope       = local.subscription

  permissions {
    actions = [
      "Microsoft.ContainerService/managedClusters/commandResults/read",
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.ContainerService/managedClusters/runCommand/action",
    ]
  }
}

resource "azurerm_role_assignment" "run_command" {
  scope              = local.cluster_id
  role_definition_id = coalesce(var.role_definition_id, one(azurerm_role_definition.run_command[*].role_definition_resource_id))
  principal_id       = azurerm_user_assigned_identity.github.principal_id
  principal_type     = "ServicePrincipal"
}

resource "azurerm_role_assignment" "namespace" {
  count = var.namespace == null ? 0 : 1

  scope                = "${local.cluster_id}/namespaces/${var.namespace}"
  role_definition_name = "Azure Kubernetes Service RBAC Writer"
  principal_id         = azurerm_user_assigned_identity.github.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_definition" "stop" {
  count = var.allow_stop && var.stop_role_definition_id == null ? 1 : 0

  name        = "AKS Run Command Stop"
  description = "Stop commands that run in AKS clusters"
  scope       = local.subscription

  permissions {
    data_actions = [
      "Microsoft.ContainerService/managedClusters/pods/exec/action",
      "Microsoft.ContainerService/managedClusters/pods/read",
    ]
  }
}

resource "azurerm_role_assignment" "stop" {
  count = var.allow_stop ? 1 : 0

  scope              = "${local.cluster_id}/namespaces/aks-command"
  role_definition_id = coalesce(var.stop_role_definition_id, one(azurerm_role_definition.stop[*].role_definition_resource_id))
  principal_id       = azurerm_user_assigned_identity.github.principal_id
  principal_type     = "ServicePrincipal"
}

# 4. What the workflow reads, which comes last

resource "github_actions_environment_variable" "this" {
  for_each = local.variables

  repository    = local.name
  environment   = github_repository_environment.this.environment
  variable_name = each.key
  value         = each.value

  depends_on = [
    azurerm_federated_identity_credential.github,
    azurerm_role_assignment.run_command,
  ]
}

output "identity" {
  description = "Name of the identity"
  value       = local.identity
}

output "variables" {
  description = "Variables of the environment; none is secret"
  value       = local.variables
}
