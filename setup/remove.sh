#!/usr/bin/env bash
# Removes what setup.sh made for one GitHub environment and one AKS cluster. See docs/OPERATE.md.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash remove.sh --help' >&2; exit 2; }
set -euo pipefail

usage='Usage: bash remove.sh --repository OWNER/REPO --environment NAME
                      --resource-group GROUP --cluster NAME
  --user-assigned NAME   a user-assigned identity in GROUP instead of an application
  --client-id ID         the client ID of the identity, if the environment does not have it
  --dry-run              change nothing, and print the calls
Sign in first: az login, az account set --subscription NAME, gh auth login. You can run it again.'
repository='' environment='' resource_group='' cluster='' user_assigned='' client_id='' dry_run=''
tab=$'\t' eol=$'\n' issuer=https://token.actions.githubusercontent.com # as in setup.sh

# Names that others chose reach no terminal as commands, and look like no other names.
clean() { LC_ALL=C tr -c '\11\12\40-\176' '?'; }
list() { printf '%s\n' "$1" "$2" | clean | sed '/^$/d; 2,$s/^/  /'; }
stop() { printf '%s\n' "$@" | clean >&2; exit 1; }
# check NAME VALUE PATTERN: most values become part of a path or a query.
check() { [[ $2 =~ $3 ]] || stop "$1 is missing or invalid: \"$2\". See: bash remove.sh --help"; }
# Prints a call so that it can be pasted.
show() {
  local word line='' plain='^[A-Za-z0-9@%+=:,./_-]+$' quote="'\\''"
  for word; do
    if ! [[ $word =~ $plain ]]; then word=\'${word//\'/$quote}\'; fi
    line="$line $word"
  done
  printf ' %s\n' "$line"
}
state='Nothing was changed.' made='No other call was made.'
trap '[ $? -eq 0 ] || echo "Stopped. $state" >&2' EXIT
# Shows a call, and makes it. With --dry-run, it is only shown.
change() {
  show "$@"
  if [ -n "$dry_run" ]; then return; fi
  state="The last call above failed. $made Run this again with --client-id $client_id."
  "$@"
  made='The calls before it were made.'
  state="The calls above were made. Run this again with --client-id $client_id."
}

# Each option sets the variable of its name.
while [ $# -gt 0 ]; do
  name=${1#--}
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --dry-run) dry_run=yes ;;
    --repository | --environment | --resource-group | --cluster | --user-assigned | --client-id)
      check "$1" "${2:-}" '^[^-[:space:]][^[:space:]]*$'
      printf -v "${name//-/_}" %s "$2"
      shift ;;
    *) stop "There is no option $1. See: bash remove.sh --help" ;;
  esac
  shift
done
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'

# The cluster, the environment, and the repository may be gone. Letter case does not matter.
subscription=$(az account show --query id --output tsv)
cluster_id=/subscriptions/$subscription/resourceGroups/$resource_group
cluster_id=$cluster_id/providers/Microsoft.ContainerService/managedClusters/$cluster
check 'The cluster' "$cluster_id" '^/subscriptions/[0-9A-Fa-f-]{36}/resourceGroups/[^/]+/.*[^/]$'
path=repos/$repository/environments/$environment/variables
if ! variables=$(gh api --paginate "$path" --jq '.variables[] | "\(.name)=\(.value)"' 2>&1); then
  [[ $variables == *'HTTP 404'* ]] || stop "$variables"
  echo "GitHub shows you no environment $environment in $repository, so its variables stay."
fi
client_id=${client_id:-$(sed -n 's/^AZURE_CLIENT_ID=//p' <<<"$variables")}
check 'The client ID' "$client_id" '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'
grep -qix "AZURE_CLIENT_ID=$client_id" <<<"$variables" || variables=''
in_use=$(sed -n 's/^AKS_CLUSTER_ID=//p' <<<"$variables" | grep -vixF -- "$cluster_id" || :)
[ -z "$in_use" ] || stop "The environment uses another cluster: $in_use" \
  'If that one is gone, delete the variable AKS_CLUSTER_ID first.'

# Whom the identity trusts, and what it holds. If it is gone, that is nothing.
app_name='' principal='' trusts='' held=''
credentials='[].[name, issuer, subject || claimsMatchingExpression.value]'
keys="[].[[['id', id, displayName]], [passwordCredentials, keyCredentials][].[keyId, 'key']][][]"
if [ -n "$user_assigned" ]; then
  facts=$(az identity list --resource-group "$resource_group" --output tsv \
    --query '[].[name, clientId, principalId]')
  read -r _ found principal <<<"$(grep -i "^$user_assigned$tab" <<<"$facts" || :)"
  [ -z "$found" ] || trusts=$(az identity federated-credential list --query "$credentials" \
    --resource-group "$resource_group" --identity-name "$user_assigned" --output tsv)
  grep -qix "$client_id" <<<"${found:-$client_id}" || stop "The ID of $user_assigned is $found."
  delete=(az identity delete --resource-group "$resource_group" --name "$user_assigned")
  revoke=(az identity federated-credential delete --resource-group "$resource_group"
    --identity-name "$user_assigned" --yes --name)
else
  facts=$(az ad app list --filter "appId eq '$client_id'" --query "$keys" --output tsv)
  IFS=$tab read -r _ found app_name <<<"$facts"
  [ -z "$found" ] || trusts=$(az ad app federated-credential list --id "$client_id" \
    --query "$credentials" --output tsv)
  service=$(az ad sp list --filter "appId eq '$client_id'" --query "$keys" --output tsv)
  IFS=$tab read -r _ principal _ <<<"$service"
  trusts=$trusts$eol$(grep -v "^id$tab" <<<"$facts$eol$service" || :)
  delete=(az ad app delete --id "$client_id")
  revoke=(az ad app federated-credential delete --id "$client_id" --federated-credential-id)
fi
[ -z "$principal" ] || held=$(az role assignment list --all --assignee "$principal" \
  --query '[].[id, roleDefinitionName]' --output tsv)
[ -n "$found" ] || echo "The identity $client_id does not exist. Roles it had may be left."
list "Whom the identity $client_id trusts:" "$trusts"
list 'What it holds in this subscription:' "$held"
subject="repo:${repository/\//(@[0-9]+)?/}(@[0-9]+)?:environment:$environment"
ours_only="^[^$tab]+$tab$issuer$tab${subject//./\\.}\$"
ours=$(grep -iE "$ours_only" <<<"$trusts" || :)
here=$(cut -f 1 <<<"$held" | grep -iF "$cluster_id/" || :)
left=$(grep -viE "$ours_only" <<<"$trusts"; cut -f 1 <<<"$held" | grep -viF "$cluster_id/" || :)
# A credential has a subject, and a key has none. What another environment needs stays.
shared=$(grep -viE "$ours_only" <<<"$trusts" | grep "$tab.*$tab" || :)
if [ -n "$shared" ]; then
  here=''
  echo 'Its roles stay, because jobs with its other credentials may need them.'
elif [ -n "$principal" ]; then
  echo "With Kubernetes RBAC, also delete what is named github-$principal*."
fi
[ -n "$ours" ] || [ -z "$here" ] || stop 'It does not trust this environment, so its roles stay.'
echo 'This does not look for roles in other subscriptions, or for those of groups.'

echo 'What this run does:'
# The variables first, so that no job starts with them
for name in AKS_CLUSTER_ID AZURE_TENANT_ID AZURE_CLIENT_ID; do
  ! grep -q "^$name=" <<<"$variables" ||
    change gh variable delete "$name" --repo "$repository" --env "$environment"
done
for id in $here; do change az role assignment delete --ids "$id"; done
# setup.sh names an application after the subject. It deletes one that nobody else can use.
if [[ $left != *[!$eol]* && -n $app_name && $ours == *"$tab$app_name" ]]; then
  change "${delete[@]}"
elif [ -n "$found" ]; then
  while IFS=$tab read -r name _; do change "${revoke[@]}" "$name"; done < <(grep . <<<"$ours")
  echo 'The identity stays, since others may use it. If you are sure that nobody does:'
  show "${delete[@]}"
fi
[ -z "$dry_run" ] || { echo 'Nothing was changed.'; exit; }
echo 'Done.'
