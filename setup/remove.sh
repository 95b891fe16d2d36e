#!/usr/bin/env bash
# Removes what setup.sh made for one GitHub environment and one AKS cluster. It keeps the role, the
# environment, and its rules, since others may use them. docs/OPERATE.md says how to remove those.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash remove.sh --help' >&2; exit 2; }
set -euo pipefail

usage='Usage: bash remove.sh --repository OWNER/REPO --environment NAME
                      --resource-group GROUP --cluster NAME
  --user-assigned NAME   a user-assigned identity in GROUP instead of an application
  --client-id ID         the client ID of the identity, if the environment does not have it
  --dry-run              change nothing, and print the calls
Sign in first, with "az login" and "gh auth login". You can run it again after an error.'
repository='' environment='' resource_group='' cluster='' user_assigned='' client_id=''
dry_run=''

stop() { printf '%s\n' "$@" >&2; exit 1; }

# Prints a call so that it can be pasted.
show() {
  local word line='' plain='^[A-Za-z0-9@%+=:,./_-]+$' quote="'\\''"
  for word; do
    if ! [[ $word =~ $plain ]]; then word=\'${word//\'/$quote}\'; fi
    line="$line $word"
  done
  printf ' %s\n' "$line"
}

state='Nothing was changed.'
trap '[ $? -eq 0 ] || echo "Stopped. $state" >&2' EXIT

# Shows a call, and makes it. With --dry-run, it is only shown.
change() {
  show "$@"
  if [ -n "$dry_run" ]; then return; fi
  state="The calls above were made. The last one may have worked or not. To go on, run this again
with --client-id $client_id."
  "$@"
}

# check NAME VALUE PATTERN: most values become part of a path or a query.
check() { [[ $2 =~ $3 ]] || stop "$1 is missing or invalid: \"$2\". See: bash remove.sh --help"; }

take() {
  check "$1" "$2" '^[^-[:space:]][^[:space:]]*$'
  case $1 in
    --repository) repository=$2 ;;
    --environment) environment=$2 ;;
    --resource-group) resource_group=$2 ;;
    --cluster) cluster=$2 ;;
    --user-assigned) user_assigned=$2 ;;
    --client-id) client_id=$2 ;;
    *) stop "There is no option $1. See: bash remove.sh --help" ;;
  esac
}
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --dry-run) dry_run=yes ;;
    *) take "$1" "${2:-}"; shift ;;
  esac
  shift
done
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
check --resource-group "$resource_group" .
check --cluster "$cluster" .

# Azure and GitHub find names in any letter case.
shopt -s nocasematch

# The cluster may be gone: its ID is all that is needed.
subscription=$(az account show --query id --output tsv)
group=/subscriptions/$subscription/resourceGroups/$resource_group
cluster_id=$group/providers/Microsoft.ContainerService/managedClusters/$cluster
prefix=$(gh api "repos/$repository/actions/oidc/customization/sub" \
  --jq '.sub_claim_prefix // empty')
subject=${prefix:-repo:$repository}:environment:$environment
variables=$(gh api --paginate "repos/$repository/environments/$environment/variables" \
  --jq '.variables[] | "\(.name)=\(.value)"') ||
  stop "The variables of the environment $environment in $repository can't be read."
in_use=$(sed -n 's/^AZURE_CLIENT_ID=//p' <<<"$variables")
client_id=${client_id:-$in_use}
check 'The client ID' "$client_id" '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'

if [ -n "$user_assigned" ]; then
  facts=$(az identity show --resource-group "$resource_group" --name "$user_assigned" \
    --query '[[clientId, principalId]]' --output tsv)
  read -r found principal <<<"$facts"
  [[ $found == "$client_id" ]] || stop "The client ID of $user_assigned is $found."
  subjects=$(az identity federated-credential list --resource-group "$resource_group" \
    --identity-name "$user_assigned" --query '[].subject' --output tsv)
  delete=(az identity delete --resource-group "$resource_group" --name "$user_assigned")
else
  principal=$(az ad sp list --filter "appId eq '$client_id'" --query '[].id' --output tsv)
  subjects=$(az ad app federated-credential list --id "$client_id" --query '[].subject' \
    --output tsv)
  delete=(az ad app delete --id "$client_id")
fi
echo "Identity:     $client_id"
echo "It trusts:    ${subjects//$'\n'/, }"
# A mistake in --client-id or in the variable must not delete another identity.
[[ $subjects == "$subject" ]] ||
  stop "It is not for $subject alone. If you are sure, delete it yourself:" "$(show "${delete[@]}")"

assignments=''
if [ -n "$principal" ]; then
  assignments=$(az role assignment list --all --assignee "$principal" --query '[].id' --output tsv)
fi
others=''
for id in $assignments; do
  [[ $id == "$cluster_id"/* ]] || others=$others$'\n'$id
done
[ -z "$others" ] || stop "It has other roles, too. If they are unused, delete them:$others"

# The variables first, so that no job starts with them
if [[ $client_id == "$in_use" ]]; then
  for name in AKS_CLUSTER_ID AZURE_TENANT_ID AZURE_CLIENT_ID; do
    if grep -q "^$name=" <<<"$variables"; then
      change gh variable delete "$name" --repo "$repository" --env "$environment"
    fi
  done
fi
for id in $assignments; do
  change az role assignment delete --ids "$id"
done
change "${delete[@]}"
[ -z "$dry_run" ] || { echo 'Nothing was changed.'; exit; }
echo "Done. On a cluster with Kubernetes RBAC, also delete the role binding github-$principal."
