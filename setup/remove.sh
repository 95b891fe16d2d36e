#!/usr/bin/env bash
# Removes what setup.sh made for one GitHub environment: its variables, the identity's roles on the
# cluster, and the identity with its credential. What others may use stays. See docs/OPERATE.md.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash remove.sh --help' >&2; exit 2; }
set -feuo pipefail

usage='Usage: bash remove.sh --repository OWNER/REPO --environment NAME
                      --resource-group GROUP --cluster NAME
  --identity NAME   the name of the identity, if setup.sh had this option
  --dry-run         change nothing, and print the calls
Sign in first: az login, az account set --subscription NAME, gh auth login. You can run it again.'
repository='' environment='' resource_group='' cluster='' identity='' dry_run='' tab=$'\t'
issuer=https://token.actions.githubusercontent.com # as in setup.sh

# Names that others chose reach no terminal as commands, and look like no other names.
clean() { LC_ALL=C tr -c '\11\12\40-\176' '?'; }
list() { printf '%s\n' "$@" | clean | sed '/^$/d; 2,$s/^/  /'; }
stop() { printf '%s\n' "$@" | clean >&2; exit 1; }
check() { [[ $2 =~ $3 ]] || stop "$1 is missing or invalid: \"$2\". See: bash remove.sh --help"; }

state='Nothing was changed.' planned=''
trap '[ $? -eq 0 ] || echo "Stopped. $state" >&2' EXIT

# Shows a call so that it can be pasted, and makes it, but not in a dry run.
change() {
  echo " $(printf ' %q' "$@")"
  planned=yes
  if [ -z "$dry_run" ]; then
    state='The last call above failed. Any before it were made. Run this again.'
    "$@"
    state='The calls above were made. Run this again.'
  fi
}

# Each option sets the variable of its name.
while [ $# -gt 0 ]; do
  name=${1#--}
  case $1 in
    --help) echo "$usage"; exit ;;
    --dry-run) dry_run=yes ;;
    --repository | --environment | --resource-group | --cluster | --identity)
      check "$1" "${2:-}" '^[^-[:space:]][^[:space:]]*$'
      printf -v "${name//-/_}" %s "$2"
      shift ;;
    *) stop "There is no option $1. See: bash remove.sh --help" ;;
  esac
  shift
done
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'

# The name that setup.sh gives the identity.
name=$(tr '[:upper:]' '[:lower:]' <<<"${repository/\//:}:$environment")
name=${name//_/_5f}
name=${name//./_2e}
identity=${identity:-github-${name//:/__}}
check --identity "$identity" '^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$'

# 1. What is there? The cluster, the environment, and the repository may be gone.
subscription=$(az account show --query id --output tsv)
group=(--subscription "$subscription" --resource-group "$resource_group")
cluster_id=/subscriptions/$subscription/resourceGroups/$resource_group
cluster_id=$cluster_id/providers/Microsoft.ContainerService/managedClusters/$cluster
check 'The cluster' "$cluster_id" '^/subscriptions/[0-9A-Fa-f-]{36}/resourceGroups/[^/]+/.*/[^/]+$'

trusts='' holds=''
identities=$(az identity list "${group[@]}" --output tsv \
  --query '[].[name, clientId, principalId, tags.github]')
read -r _ client_id principal_id made_for <<<"$(grep -i "^$identity$tab" <<<"$identities" || :)"
if [ -n "$principal_id" ]; then
  trusts=$(az identity federated-credential list "${group[@]}" \
    --identity-name "$identity" --query '[].[issuer, subject]' --output tsv)
  holds=$(az role assignment list --subscription "$subscription" --all \
    --assignee "$principal_id" --query '[].id' --output tsv)
fi
here=$(grep -iF -- "$cluster_id/" <<<"$holds" || :)
elsewhere=$(grep -viF -- "$cluster_id/" <<<"$holds" || :)

path=repos/$repository/environments/$environment/variables
if ! variables=$(gh api --paginate "$path" --jq '.variables[] | [.name, .value] | @tsv' 2>&1); then
  [[ $variables == *'HTTP 404'* ]] || stop "$variables"
  variables=''
fi
variable() { sed -n "s/^$1$tab//p" <<<"$variables"; }
uses=$(variable AZURE_CLIENT_ID)
place=$(variable AKS_CLUSTER_ID)
names=$(grep -oE '^(AKS_CLUSTER_ID|AZURE_CLIENT_ID|AZURE_TENANT_ID)' <<<"$variables" || :)
stay=''
[[ -n $client_id && -z $uses ]] || grep -qixF -- "$uses" <<<"$client_id" || stay=$names
[ -z "$place" ] || grep -qixF -- "$cluster_id" <<<"$place" || stay=$names

list "The identity $identity, and whom it trusts:" "${trusts:-$principal_id}"
list 'Its roles on the cluster:' "$here"
list "Variables of the environment $environment in $repository:" "$names"
[ -z "$stay" ] || echo 'These variables stay, because they are for another identity or cluster.'
list 'This does not look for:' 'roles in other subscriptions, and those of groups' \
  'what is bound to it in Kubernetes' 'virtual machines and the like that use it, too'
list 'Others may need these, so they stay:' 'the environment with its rules' \
  'the roles AKS Run Command and AKS Run Command Stop'

# 2. Is anything in the way? An identity is the setup's if it trusts these jobs. If it has neither a
# credential nor a role, its tag tells. Subjects of newer repositories have numeric IDs.
ours="^$issuer${tab}repo:${repository/\//(@[0-9]+)?/}(@[0-9]+)?:environment:$environment\$"
others=$(grep -viE -- "${ours//./\\.}" <<<"${trusts:-$issuer$tab$made_for}" || :)
[[ -z $principal_id || -z $others$holds || ( -z $others && -n $trusts ) ]] || stop \
  "The identity $identity is not, or not only, for these jobs, so nothing is removed."
[ -z "$elsewhere" ] || stop 'The identity has roles elsewhere. If nothing needs these, first run' \
  'az role assignment delete --ids ID for each:' "$elsewhere"
[[ -z $uses || -n $principal_id ]] || ! grep -qiF -- "$tab$uses$tab" <<<"$identities" || stop \
  'The environment uses another identity of this resource group. Add --identity with its name.'

# 3. Remove. The variables go first, so that no job starts with half of this.
echo 'What this run does:'
[ -z "$stay" ] || names=''
for name in $names; do
  change gh variable delete "$name" --repo "$repository" --env "$environment"
done
for id in $here; do change az role assignment delete --ids "$id"; done
[ -z "$principal_id" ] ||
  change az identity delete "${group[@]}" --name "$identity"

case $planned/$dry_run in
  yes/yes) echo 'Nothing was changed.' ;;
  yes/*) echo 'Done.' ;;
  *) echo '  Nothing. None of this is there.' ;;
esac
