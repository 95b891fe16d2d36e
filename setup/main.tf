# Lets the jobs of one GitHub environment run commands on one AKS cluster, as setup.sh does, with a
# user-assigned identity. docs/SETUP.md explains each part.
#
# How far it is verified: nobody has run it yet. Its syntax was parsed as HCL. Every resource and
# argument was looked up in the types that CDKTF generates from azurerm 4.73 and github 6.9, and
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
  subscription_id = split("/", var.cluster_id)[2]
}

# It signs in only if manage_environment is true.
provider "github" {
  owner = split("/", var.repository)[0]
}

variable "repository" {
  description = "OWNER/REPO, in GitHub's own letter case"
  type        = string
}

variable "environment" {
  description = "Environment of the repository whose jobs may run commands"
  type        = string
}

variable "subject_prefix" {
  description = "What `gh api repos/OWNER/REPO/actions/oidc/customization/sub --jq .sub_claim_prefix` prints, unless that is null; needed for repositories created, renamed, or transferred on or after 2026-07-15"
  type        = string
  default     = null
}

variable "identity" {
  description = "The identity to create"
  type        = object({ name = string, resource_group_name = string, location = string })
}

variable "cluster_id" {
  description = "Resource ID of the AKS cluster"
  type        = string
}

variable "role_definition_id" {
  description = "Resource ID of a role with the three actions below, if there is one; otherwise, it is created"
  type        = string
  default     = null
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

variable "stop_role_definition_id" {
  description = "Resource ID of a role with the two data actions below, if there is one; otherwise, allow_stop creates it"
  type        = string
  default     = null
}

variable "manage_environment" {
  description = "Whether to create the environment with its rules, and to set its variables; if not, protect it first, because whoever can start a job in it gets what this file grants"
  type        = bool
  default     = false
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

locals {
  subscription = join("/", slice(split("/", var.cluster_id), 0, 3))
  variables = {
    AKS_CLUSTER_ID  = var.cluster_id
    AZURE_CLIENT_ID = azurerm_user_assigned_identity.github.client_id
    AZURE_TENANT_ID = azurerm_user_assigned_identity.github.tenant_id
  }
}

resource "azurerm_user_assigned_identity" "github" {
  name                = var.identity.name
  resource_group_name = var.identity.resource_group_name
  location            = var.identity.location
}

# Nobody is trusted, and nothing granted, before the rules of the environment are there.
resource "azurerm_federated_identity_credential" "github" {
  name                      = "github"
  user_assigned_identity_id = azurerm_user_assigned_identity.github.id
  issuer                    = "https://token.actions.githubusercontent.com"
  subject                   = "${coalesce(var.subject_prefix, "repo:${var.repository}")}:environment:${var.environment}"
  audience                  = ["api://AzureADTokenExchange"]

  depends_on = [
    github_repository_environment.this,
    github_repository_environment_deployment_policy.branch,
  ]
}

resource "azurerm_role_definition" "run_command" {
  count = var.role_definition_id == null ? 1 : 0

  name        = "AKS Run Command"
  description = "Run commands in AKS clusters and read their results"
  scope       = local.subscription

  permissions {
    actions = [
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.ContainerService/managedClusters/runCommand/action",
      "Microsoft.ContainerService/managedClusters/commandResults/read",
    ]
  }
}

resource "azurerm_role_assignment" "run_command" {
  scope              = var.cluster_id
  role_definition_id = coalesce(var.role_definition_id, one(azurerm_role_definition.run_command[*].role_definition_resource_id))
  principal_id       = azurerm_user_assigned_identity.github.principal_id
  principal_type     = "ServicePrincipal"

  depends_on = [
    github_repository_environment.this,
    github_repository_environment_deployment_policy.branch,
  ]
}

resource "azurerm_role_assignment" "namespace" {
  count = var.namespace == null ? 0 : 1

  scope                = "${var.cluster_id}/namespaces/${var.namespace}"
  role_definition_name = "Azure Kubernetes Service RBAC Writer"
  principal_id         = azurerm_user_assigned_identity.github.principal_id
  principal_type       = "ServicePrincipal"

  depends_on = [
    github_repository_environment.this,
    github_repository_environment_deployment_policy.branch,
  ]
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

  scope              = "${var.cluster_id}/namespaces/aks-command"
  role_definition_id = coalesce(var.stop_role_definition_id, one(azurerm_role_definition.stop[*].role_definition_resource_id))
  principal_id       = azurerm_user_assigned_identity.github.principal_id
  principal_type     = "ServicePrincipal"

  depends_on = [
    github_repository_environment.this,
    github_repository_environment_deployment_policy.branch,
  ]
}

data "github_user" "reviewer" {
  for_each = var.manage_environment ? var.reviewers : toset([])

  username = each.value
}

resource "github_repository_environment" "this" {
  count = var.manage_environment ? 1 : 0

  repository          = split("/", var.repository)[1]
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
      condition     = length(var.reviewers) > 0 || (length(var.branches) > 0 && !contains(var.branches, "*"))
      error_message = "Without reviewers, and with no branches or all of them, everyone with write access would get in."
    }
  }
}

resource "github_repository_environment_deployment_policy" "branch" {
  for_each = var.manage_environment ? var.branches : toset([])

  repository     = split("/", var.repository)[1]
  environment    = github_repository_environment.this[0].environment
  branch_pattern = each.value
}

resource "github_actions_environment_variable" "this" {
  for_each = { for name, value in local.variables : name => value if var.manage_environment }

  repository    = split("/", var.repository)[1]
  environment   = github_repository_environment.this[0].environment
  variable_name = each.key
  value         = each.value

  # The permissions come before the first job can use them.
  depends_on = [
    azurerm_federated_identity_credential.github,
    azurerm_role_assignment.run_command,
  ]
}

output "variables" {
  description = "Variables for the environment; none is secret"
  value       = local.variables
}
