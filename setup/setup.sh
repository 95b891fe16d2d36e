#!/usr/bin/env bash
# Lets the jobs of one GitHub environment run commands on one AKS cluster, and nobody else. First,
# it reads what is there. Then, it stops if something is in the way. Last, it makes what is missing:
# the environment with its rules, an identity, its roles, and variables. See docs/SETUP.md.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash setup.sh --help' >&2; exit 2; }
set -feuo pipefail # With -f, the branch "release/*" is not a pattern of file names.

usage='Usage: bash setup.sh --repository OWNER/REPO --environment NAME
                     --resource-group GROUP --cluster NAME
  --reviewer USER     require a review by this user (repeat for more)
  --branch NAME       allow only this branch (repeat for more)
  --namespace NAME    allow changes in this namespace, on a cluster with managed Entra
  --allow-stop        allow "on-cancel: stop" there, and so to enter the pods of other commands
  --identity NAME     use this name instead of github-OWNER__REPO__ENVIRONMENT
  --unprotected       accept an environment that may let in everyone with write access
  --dry-run           change nothing, and print the calls
Sign in first: az login, az account set --subscription NAME, gh auth login. You need permission to
create identities in the group, to assign roles on the cluster, and to administer the repository.
The first run in a subscription also creates roles, in all of it. You can run it again.'
repository='' environment='' resource_group='' cluster='' namespace='' identity=''
reviewers='' branches='' allow_stop='' unprotected='' dry_run='' tab=$'\t' eol=$'\n'

# For GitHub Enterprise, change the first two. For other clouds than Azure's public one, the third.
github=https://github.com
issuer=https://token.actions.githubusercontent.com
audience=api://AzureADTokenExchange

# All that the roles of this setup allow, sorted: first in Azure, then in the cluster's API.
aks=Microsoft.ContainerService/managedClusters
run_role='AKS Run Command'
run_actions="[\"$aks/commandResults/read\",\"$aks/read\",\"$aks/runCommand/action\"]"
stop_role='AKS Run Command Stop'
stop_actions="[\"$aks/pods/exec/action\",\"$aks/pods/read\"]"
write_role='Azure Kubernetes Service RBAC Writer' # Azure's own
write_id=a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb
custom_roles="/providers/Microsoft.Authorization/roleDefinitions?\$filter=type%20eq%20'CustomRole'"
custom_roles+='&api-version=2022-04-01' # all of the tenant

# Names that others chose reach no terminal as commands, and look like no other names.
clean() { LC_ALL=C tr -c '\11\12\40-\176' '?'; }
list() { printf '%s\n' "$@" | clean | sed '/^$/d; 2,$s/^/  /'; }
stop() { printf '%s\n' "$@" | clean >&2; exit 1; }
check() { [[ $2 =~ $3 ]] || stop "$1 is missing or invalid: \"$2\". See: bash setup.sh --help"; }

# Prints the lines of $1 that $2 does not have, each once.
without() {
  awk 'NR == FNR { no[$0]; next } NF && !($0 in no) { no[$0]; print }' <(echo "$2") <(echo "$1")
}

state='Nothing was changed.' planned=''
trap '[ $? -eq 0 ] || echo "Stopped. $state" >&2' EXIT

# Shows a call so that it can be pasted, and makes it, but not in a dry run. An ID that is not known
# yet is a variable, which an earlier line sets.
change() {
  echo " $(printf ' %q' "$@" | sed -E 's/\\([$](client|principal)_id)/\1/g')"
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
  name=${name//-/_}
  case $1 in
    --help) echo "$usage"; exit ;;
    --allow-stop | --unprotected | --dry-run) printf -v "$name" yes ;;
    --repository | --environment | --resource-group | --cluster | --namespace | --identity | \
      --reviewer | --branch)
      check "$1" "${2:-}" '^[^-[:space:]][^[:space:]]*$'
      case $1 in
        --reviewer) reviewers+=" $2" ;;
        --branch) branches+=" $2" ;;
        *) printf -v "$name" %s "$2" ;;
      esac
      shift ;;
    *) stop "There is no option $1. See: bash setup.sh --help" ;;
  esac
  shift
done
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
check '--resource-group or --cluster' "$resource_group/$cluster" './.'
check --namespace "$namespace" '^[a-z0-9-]*$'

# 1. What is there? A failure would be lost in: read … <<<"$(az …)"
facts=$(az account show --query '[[id, tenantId]]' --output tsv)
read -r subscription tenant <<<"$facts"
# The group of this subscription, even if another terminal changes the default one meanwhile
group=(--subscription "$subscription" --resource-group "$resource_group")
facts=$(az aks show "${group[@]}" --name "$cluster" --output tsv \
  --query '[[aadProfile.managed, aadProfile.enableAzureRbac, id]]')
read -r managed azure_rbac cluster_id <<<"$facts"
[[ $tenant$cluster_id =~ ^[0-9A-Fa-f-]+/[^[:space:]]+$ ]] || stop "az printed no valid IDs: $facts"
case $managed/$azure_rbac in
  True/True) rights='Commands may do there what the roles of the identity allow.' ;;
  True/*)
    rights='What commands may do there, a cluster admin has to grant, for --allow-stop, too:
  see "Permissions in Kubernetes" in docs/SETUP.md.'
    namespace='' allow_stop='' ;;
  *)
    [ -z "$namespace" ] || stop \
      'Without managed Entra, every command is a cluster admin. --namespace would limit nothing.'
    rights='Without managed Entra, every command is a cluster admin. --allow-stop adds nothing.'
    allow_stop='' ;;
esac

# The subject of the jobs' tokens. Entra compares it letter by letter, so GitHub's spelling counts.
url=$(gh api "repos/$repository" --jq .html_url)
[[ $url == "$github"/* ]] || stop "$url is not on $github. Change the top of this script."
repository=${url#"$github/"}
prefix=$(gh api "repos/$repository/actions/oidc/customization/sub" \
  --jq 'if .use_default == false then "custom" else .sub_claim_prefix // "" end')
[ "$prefix" != custom ] || stop "$repository customizes its tokens' subjects. Reset that:" \
  "  gh api --method PUT repos/$repository/actions/oidc/customization/sub -F use_default=true"
find_environment() {
  facts=$(gh api --paginate "repos/$repository/environments" --jq '.environments[].name')
  exists=$(grep -ixF -- "$environment" <<<"$facts" || :)
}
find_environment
environment=${exists:-$environment}
subject=${prefix:-repo:$repository}:environment:$environment

# No other environment gets this name, since "_" and "." become "_5f" and "_2e".
name=$(tr '[:upper:]' '[:lower:]' <<<"${repository/\//:}:$environment")
name=${name//_/_5f}
name=${name//./_2e}
identity=${identity:-github-${name//:/__}}
check --identity "$identity" '^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$'

# The environment's rules, one on each line: "User 7 alice", "branch main", …
path=repos/$repository/environments/$environment
rules='' variables=''
read_rules() {
  rules=$(gh api "$path" --jq '
    (.protection_rules[] |
      (.reviewers[]? | "\(.type) \(.reviewer.id) \(.reviewer.login // .reviewer.slug)"),
      (select(.prevent_self_review) | "prevent_self_review")),
    (.deployment_branch_policy | select(.protected_branches) | "protected branches"),
    (.deployment_branch_policy | select(.custom_branch_policies) | "selected branches")')
  ! grep -qx 'selected branches' <<<"$rules" || rules+=$eol$(gh api --paginate \
    "$path/deployment-branch-policies" --jq '.branch_policies[] | "\(.type // "branch") \(.name)"')
}
if [ -n "$exists" ]; then
  read_rules
  variables=$(gh api --paginate "$path/variables" --jq '.variables[] | [.name, .value] | @tsv')
fi
protected=$(gh api --paginate "repos/$repository/branches?protected=true" --jq '.[].name')

# The rules that were asked for
asked=''
for name in $reviewers; do
  rule=$(gh api "users/$name" --jq '"User \(.id) \(.login)"')
  asked+=$rule${eol}prevent_self_review$eol
done
[ -z "$branches" ] || asked+="selected branches$eol"
for name in $branches; do asked+="branch $name$eol"; done
lacks=$(without "$asked" "$rules")

# The identity, whom it trusts, and its roles: "NAME ID SCOPE"
trusts='' holds=''
facts=$(az identity list "${group[@]}" --output tsv \
  --query '[].[name, clientId, principalId, tags.github]')
read -r _ client_id principal_id made_for <<<"$(grep -i "^$identity$tab" <<<"$facts" || :)"
if [ -n "$principal_id" ]; then
  trusts=$(az identity federated-credential list "${group[@]}" \
    --identity-name "$identity" --output tsv \
    --query "[].[issuer, subject || claimsMatchingExpression.value, join(' ', audiences)]")
  holds=$(az role assignment list --subscription "$subscription" --all --include-groups \
    --assignee "$principal_id" --query '[].[roleDefinitionName, roleDefinitionId, scope]' \
    --output tsv) || stop 'az finds a new identity only after a minute. Then run this again.'
fi

# find_role NAME ACTIONS DATA-ACTIONS: $role_id is that of the role, or empty if there is none yet.
find_role() {
  local needed="[$2,$3,[]]" allowed='' elsewhere='' allows="[sort(permissions[].actions[]),
    sort(permissions[].dataActions[]), permissions[].[notActions, notDataActions][][]]"
  facts=$(az role definition list --subscription "$subscription" --name "$1" \
    --scope "$cluster_id" --custom-role-only true --query "[].[name, to_string($allows)]" \
    --output tsv)
  IFS=$tab read -r role_id allowed <<<"$facts"
  if [ -n "$facts" ]; then
    [ "$allowed" = "$needed" ] || stop "The role \"$1\" allows something else than this needs:" \
      "  $allowed" 'This needs:' "  $needed"
    return
  fi
  # No other role of the tenant can have the name.
  elsewhere=$(az rest --method get --url "$custom_roles" --output tsv \
    --query "value[].properties | [?roleName == '$1'].to_string(assignableScopes)")
  [ -z "$elsewhere" ] || stop \
    "The role \"$1\" can be assigned elsewhere, but not on this cluster." \
    'Add its subscription. See "Permission to run commands" in docs/SETUP.md.' "  $elsewhere"
}
find_role "$run_role" "$run_actions" '[]'
run_id=$role_id
stop_id=''
if [ -n "$allow_stop" ]; then
  find_role "$stop_role" '[]' "$stop_actions"
  stop_id=$role_id
fi

list 'The cluster:' "$cluster_id" "$rights"
list "The environment and its rules:" "$subject" "$rules$eol$lacks"
list "The identity $identity, and whom it trusts:" "$trusts"
list 'Its roles in this subscription:' "$holds"

# 2. Is anything in the way? An identity is this setup's if it trusts exactly these jobs. If it has
# neither a credential nor a role, because an earlier run stopped there, its tag tells.
ours=$issuer$tab$subject$tab$audience
[[ -z $principal_id || $trusts == "$ours" || $made_for$trusts$holds == "$subject" ]] || stop \
  "The identity $identity is not, or not only, for these jobs. Add --identity with another name."

# People with write access can set the variables, so these prove nothing, but may be in use.
while IFS=$tab read -r name value; do
  case $name in
    AKS_CLUSTER_ID) expected=$cluster_id ;;
    AZURE_CLIENT_ID) expected=$client_id ;;
    AZURE_TENANT_ID) expected=$tenant ;;
    *) continue ;;
  esac
  grep -qixF -- "$expected" <<<"$value" || stop "The environment uses another $name: $value" \
    'Use another environment. Or, if nothing needs that value anymore, delete it:' \
    "  gh variable delete $name --repo $repository --env $environment"
done <<<"$variables"

# What an environment lacks, a person adds: its jobs may reach secrets, which this doesn't see.
add_branches() {
  for name in $branches; do
    ! grep -qxF "branch $name" <<<"$lacks" || change gh api --silent --method POST \
      "$path/deployment-branch-policies" --raw-field "name=$name"
  done
}
settings=$url/settings/environments
reviewers_need='A reviewer needs access to the repository, and a private one GitHub Enterprise.'
if [[ -n $exists && -n $lacks ]]; then
  list 'The environment exists, and lacks:' "$lacks"
  ! grep -qv '^branch ' <<<"$lacks" || stop \
    'Add that in its settings, since a call would replace its other rules, or leave out options:' \
    "  $settings" "$reviewers_need"
  echo 'These calls only add that, and let its jobs reach its secrets, too:'
  dry_run=yes
  add_branches
  stop 'Make the calls above, or leave out options. Then run this again.'
fi
[ -n "$exists" ] || rules=$lacks

# A review keeps people out. So do selected branches, if each of them is protected. Whom a pattern,
# a tag, or "protected branches" lets in, GitHub does not say.
open=''
if ! grep -qE '^(User|Team) ' <<<"$rules"; then
  open=$(grep -E '^(branch|tag) |^protected branches' <<<"$rules" || :)
  open=$(without "$open" "branch ${protected//$eol/${eol}branch }")
  grep -q ' branches$' <<<"$rules" || open='any branch'
fi
[[ -z $open || -n $unprotected ]] || stop "Everyone with write access could run commands: $open" \
  'Add --reviewer, or --branch with a protected branch, or accept this with --unprotected.' \
  "For an environment that exists, set rules at $settings."

# 3. Make what is missing: first the roles, since only few may create them, then the environment
# with its rules, then the identity, and the variables last.
echo 'What this run does:'
make_role() {
  change az role definition create --subscription "$subscription" --output none --role-definition "{
  \"Name\": \"$1\", \"Actions\": $2, \"DataActions\": $3,
  \"AssignableScopes\": [\"/subscriptions/$subscription\"]}"
}
[ -n "$run_id" ] || make_role "$run_role" "$run_actions" '[]'
[[ -z $allow_stop || -n $stop_id ]] || make_role "$stop_role" '[]' "$stop_actions"

if [ -z "$exists" ]; then
  find_environment
  [ -z "$exists" ] || stop "Meanwhile, somebody else has made it: $exists. Run this again."
  call=(gh api --silent --method PUT "$path")
  while read -r kind id _; do
    [ "$kind" != User ] || call+=(--field 'reviewers[][type]=User' --field "reviewers[][id]=$id")
  done <<<"$lacks"
  [ -z "$reviewers" ] || call+=(--field prevent_self_review=true)
  [ -z "$branches" ] || call+=(--field 'deployment_branch_policy[protected_branches]=false'
    --field 'deployment_branch_policy[custom_branch_policies]=true')
  change "${call[@]}"
  add_branches
  [ -n "$dry_run" ] || read_rules
  lacks=$(without "$asked" "$rules")
  [ -z "$lacks" ] || stop 'The environment did not get all rules. It lacks:' \
    "$lacks" "$reviewers_need"
fi

if [ -z "$principal_id" ]; then
  change az identity create "${group[@]}" --name "$identity" --tags "github=$subject" --output none
  ask=(az identity show "${group[@]}" --name "$identity" --output tsv)
  if [ -n "$dry_run" ]; then
    for name in client principal; do
      echo "  ${name}_id=\$($(printf '%q ' "${ask[@]}")--query ${name}Id)"
      printf -v "${name}_id" %s "\$${name}_id"
    done
  else
    facts=$("${ask[@]}" --query '[[clientId, principalId]]')
    read -r client_id principal_id <<<"$facts"
    [[ $principal_id =~ ^[0-9A-Fa-f-]{36}$ ]] || stop "az printed no valid IDs: $facts"
  fi
fi
[ -n "$trusts" ] || change az identity federated-credential create "${group[@]}" \
  --identity-name "$identity" --name github --issuer "$issuer" --subject "$subject" \
  --audiences "$audience" --output none

grant() {
  grep -qix -- ".*/$2$tab$3" <<<"$holds" || change az role assignment create \
    --subscription "$subscription" --role "$1" --scope "$3" --assignee-object-id "$principal_id" \
    --assignee-principal-type ServicePrincipal --output none
}
grant "$run_role" "$run_id" "$cluster_id"
[ -z "$namespace" ] || grant "$write_role" "$write_id" "$cluster_id/namespaces/$namespace"
[ -z "$allow_stop" ] || grant "$stop_role" "$stop_id" "$cluster_id/namespaces/aks-command"

# The check above has seen that a variable which is there has this value.
for pair in "AKS_CLUSTER_ID $cluster_id" "AZURE_CLIENT_ID $client_id" "AZURE_TENANT_ID $tenant"; do
  grep -q "^${pair% *}$tab" <<<"$variables" || change gh variable set "${pair% *}" \
    --repo "$repository" --env "$environment" --body "${pair#* }"
done

case $planned/$dry_run in
  yes/yes) echo 'Nothing was changed.' ;;
  yes/*) echo 'Done. A new role can take ten minutes to apply. Until then, the step fails.' ;;
  *) echo '  Nothing. All of this is there already.' ;;
esac
