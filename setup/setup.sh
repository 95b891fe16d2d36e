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
  --identity NAME     use this name for the identity
  --unprotected       accept an environment that may let in everyone with write access
  --dry-run           change nothing, and print the calls
Sign in first: az login, az account set --subscription NAME, gh auth login. You can run it again.'
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

# Quotes words so that they can be pasted. What an earlier call printed is in a variable.
quote() {
  local word='' line='' mark="'\\''"
  for word; do
    case $word in
      \$client_id | \$principal_id | \$role_id) word=\"$word\" ;;
      *[!A-Za-z0-9@%+=:,./_-]*) word=\'${word//\'/$mark}\' ;;
    esac
    line+=" $word"
  done
  echo "${line# }"
}

show() { echo "  $(quote "$@")"; }

state='Nothing was changed.' planned=''
trap '[ $? -eq 0 ] || echo "Stopped. $state" >&2' EXIT

# Shows a call, and makes it, but not in a dry run. With NAME= before it, NAME keeps what it prints.
change() {
  local name='' answer=''
  case $1 in *=) name=${1%=}; shift ;; esac
  if [ -n "$name" ]; then echo "  $name=\$($(quote "$@"))"; else show "$@"; fi
  planned=yes answer=\$$name
  if [ -z "$dry_run" ]; then
    state='The last call above failed. Any before it were made. Run this again.'
    answer=$("$@")
    [[ -z $name || -n $answer ]] || stop 'It printed nothing.'
    state='The calls above were made. Run this again.'
  fi
  [ -z "$name" ] || printf -v "$name" %s "$answer"
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

# No other environment gets this name, since "_" and "." become "_5f" and "_2e".
name=$(tr '[:upper:]' '[:lower:]' <<<"${repository/\//:}:$environment")
name=${name//_/_5f}
name=${name//./_2e}
identity=${identity:-github-${name//:/__}}
check --identity "$identity" '^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$'

# 1. What is there? A failure would be lost in: read … <<<"$(az …)"
facts=$(az account show --query '[[id, tenantId, name]]' --output tsv)
read -r subscription tenant subscription_name <<<"$facts"
facts=$(az aks show --resource-group "$resource_group" --name "$cluster" --output tsv \
  --query '[[aadProfile.managed, aadProfile.enableAzureRbac, id]]')
read -r managed azure_rbac cluster_id <<<"$facts"
[[ $tenant$cluster_id =~ ^[0-9A-Fa-f-]+/[^[:space:]]+$ ]] || stop "az printed no valid IDs: $facts"
case $managed/$azure_rbac in
  True/True) rbac='Azure RBAC' ;;
  True/*) rbac='Kubernetes RBAC' ;;
  *) rbac='no managed Entra' ;;
esac

# The subject of the jobs' tokens. Entra compares it letter by letter, so GitHub's spelling counts.
url=$(gh api "repos/$repository" --jq .html_url)
[[ $url == "$github"/* ]] || stop "$url is not on $github. Change the top of this script."
repository=${url#"$github/"}
prefix=$(gh api "repos/$repository/actions/oidc/customization/sub" \
  --jq 'if .use_default == false then "custom" else .sub_claim_prefix // "" end')
[ "$prefix" != custom ] || stop "$repository customizes its tokens' subjects. Reset that:" \
  "  gh api --method PUT repos/$repository/actions/oidc/customization/sub -F use_default=true"
environments=$(gh api --paginate "repos/$repository/environments" --jq '.environments[].name')
exists=$(grep -ixF -- "$environment" <<<"$environments" || :)
environment=${exists:-$environment}
subject=${prefix:-repo:$repository}:environment:$environment

# The environment's rules, one on each line: "User 7 alice", "branch main", …
path=repos/$repository/environments/$environment
rules='' variables=''
read_rules() {
  rules=$(gh api "$path" --jq '
    (.protection_rules[] |
      (.reviewers[]? | "\(.type) \(.reviewer.id) \(.reviewer.login // .reviewer.slug)"),
      (select(.prevent_self_review) | "prevent_self_review=true"),
      (select(.wait_timer) | "wait_timer=\(.wait_timer)")),
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
  asked+=$rule${eol}prevent_self_review=true$eol
done
[ -z "$branches" ] || asked+="selected branches$eol"
for name in $branches; do asked+="branch $name$eol"; done
lacks=$(without "$asked" "$rules")

# The identity, whom it trusts, and its roles: "ROLE SCOPE"
trusts='' holds=''
facts=$(az identity list --resource-group "$resource_group" --output tsv \
  --query '[].[name, clientId, principalId]')
read -r _ client_id principal_id <<<"$(grep -i "^$identity$tab" <<<"$facts" || :)"
if [ -n "$principal_id" ]; then
  trusts=$(az identity federated-credential list --resource-group "$resource_group" \
    --identity-name "$identity" --output tsv \
    --query "[].[issuer, subject || claimsMatchingExpression.value, join(' ', audiences)]")
  holds=$(az role assignment list --all --include-groups --assignee "$principal_id" \
    --query '[].[roleDefinitionName, scope]' --output tsv)
fi

# find_role NAME ACTIONS DATA-ACTIONS: $role_id, or nothing. No other role can have the name.
find_role() {
  local allows="[$2,$3,[]]"
  facts=$(az role definition list --name "$1" --scope "$cluster_id" --custom-role-only true \
    --output tsv --query '[].[to_string([sort(permissions[].actions[]),
      sort(permissions[].dataActions[]), permissions[].[notActions, notDataActions][][]]), name]')
  [ -n "$facts" ] || facts=$(az rest --method get --output tsv --query \
    "value[].properties | [?roleName == '$1'].['elsewhere', to_string(assignableScopes)]" \
    --url "$custom_roles")
  [[ -z $facts || $facts == "$allows$tab"* ]] || stop "The role \"$1\" exists, and is not what" \
    "this needs: exactly these actions, for /subscriptions/$subscription." "  $allows" "  $facts"
  role_id=${facts#*"$tab"}
}
find_role "$run_role" "$run_actions" '[]'
run_id=$role_id
stop_id=''
if [[ $rbac/$allow_stop == 'Azure RBAC/yes' ]]; then
  find_role "$stop_role" '[]' "$stop_actions"
  stop_id=$role_id
fi

list "The cluster, in the subscription $subscription_name, with $rbac:" "$cluster_id"
list "The environment and its rules:" "$subject" "$rules$eol$lacks"
list "The identity $identity, and whom it trusts:" "$trusts"
list 'Its roles in this subscription:' "$holds"

# 2. Is anything in the way? The identity is the one of this setup if it trusts exactly these jobs,
# or if it is of no use to anyone yet.
[[ -z $trusts$holds || $trusts == "$issuer$tab$subject$tab$audience" ]] || stop \
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

[[ -z $namespace || $managed == True ]] || stop \
  'Without managed Entra, every command is a cluster admin, so --namespace would limit nothing.'
[[ $rbac != Kubernetes* ]] || echo 'On this cluster, a cluster admin has to grant permissions.' \
  'See "Permissions in Kubernetes" in docs/SETUP.md.'

# Gives the environment what it lacks, by change, or by show. A PUT replaces all rules, so it
# repeats those that are there.
put_rules() {
  local call=(gh api --silent --method PUT "$path") kind='' id=''
  while read -r kind id _; do
    case $kind in
      User | Team) call+=(--field "reviewers[][type]=$kind" --field "reviewers[][id]=$id") ;;
      *=*) call+=(--field "$kind") ;;
      selected) call+=(--field 'deployment_branch_policy[protected_branches]=false'
        --field 'deployment_branch_policy[custom_branch_policies]=true') ;;
      protected) [[ $lacks == *selected* ]] ||
        call+=(--field 'deployment_branch_policy[protected_branches]=true'
          --field 'deployment_branch_policy[custom_branch_policies]=false') ;;
    esac
  done <<<"$rules$eol$lacks"
  "$1" "${call[@]}"
}
add_rules() {
  [ -z "$new_rules" ] || put_rules "$1"
  for name in $branches; do
    ! grep -qxF "branch $name" <<<"$lacks" ||
      "$1" gh api --silent --method POST "$path/deployment-branch-policies" --raw-field "name=$name"
  done
}
new_rules=yes
[ -z "$exists" ] || grep -qv '^branch ' <<<"$lacks" || new_rules=''

reviewers_need='A reviewer needs access to the repository, and a private one GitHub Enterprise.'

# Rules that exist are kept. But if no branch can use the environment yet, and it has no variables,
# an earlier run has left it unfinished.
unfinished=''
if [[ -z $new_rules$variables ]] && ! grep -qE '^(branch|tag) ' <<<"$rules"; then unfinished=yes; fi
if [[ -n $exists && -n $lacks && -z $unfinished ]]; then
  list 'The environment lacks:' "$lacks"
  echo 'Its rules stay as they are. These calls would add to them:'
  add_rules show
  stop 'The environment lacks what you asked for. Make the calls above, or leave out options.' \
    "$reviewers_need"
fi

# Reviews keep people out, and so do branches if each of them is protected. What a pattern or a tag
# lets in, GitHub does not say.
result=$eol$rules$eol$lacks
open=$(grep -E '^(branch|tag) ' <<<"$result" || :)
open=$(without "$open" "branch ${protected//$eol/${eol}branch }")
case $result in
  *"${eol}User "* | *"${eol}Team "*) open='' ;;
  *"${eol}selected branches"*) ;;
  *"${eol}protected branches"*) [ -n "$protected" ] || open='any branch' ;;
  *) open='any branch' ;;
esac
[[ -z $open || -n $unprotected ]] || stop "Everyone with write access could run commands: $open" \
  'Add --reviewer, or --branch with a protected branch, or accept this with --unprotected.' \
  "For an environment that exists, set rules at $url/settings/environments."

# 3. Make what is missing. The environment gets its rules first, and its variables last.
echo 'What this run does:'
if [[ -z $exists || -n $lacks ]]; then
  add_rules change
  [ -n "$dry_run" ] || read_rules
  lacks=$(without "$asked" "$rules")
  [[ -n $dry_run || -z $lacks ]] || stop 'The environment did not get all rules. It lacks:' \
    "$lacks" "$reviewers_need"
fi

if [ -z "$principal_id" ]; then
  change principal_id= az identity create --resource-group "$resource_group" --name "$identity" \
    --query principalId --output tsv
  change client_id= az identity show --resource-group "$resource_group" --name "$identity" \
    --query clientId --output tsv
fi
[ -n "$trusts" ] || change az identity federated-credential create --name github \
  --resource-group "$resource_group" --identity-name "$identity" --issuer "$issuer" \
  --subject "$subject" --audiences "$audience" --output none

# grant ROLE SCOPE ID ACTIONS DATA-ACTIONS: assigns a role, which it makes if that has no ID yet.
grant() {
  role_id=$3
  [ -n "$role_id" ] || change role_id= az role definition create --query name --output tsv \
    --role-definition "{\"Name\": \"$1\", \"Actions\": $4, \"DataActions\": $5,
  \"AssignableScopes\": [\"/subscriptions/$subscription\"]}"
  grep -qixF -- "$1$tab$2" <<<"$holds" || change az role assignment create --role "$role_id" \
    --scope "$2" --assignee-object-id "$principal_id" --assignee-principal-type ServicePrincipal \
    --output none
}
grant "$run_role" "$cluster_id" "$run_id" "$run_actions" '[]'
[[ $rbac/$namespace != 'Azure RBAC/'?* ]] ||
  grant "$write_role" "$cluster_id/namespaces/$namespace" "$write_id" '[]' '[]'
[[ $rbac/$allow_stop != 'Azure RBAC/yes' ]] ||
  grant "$stop_role" "$cluster_id/namespaces/aks-command" "$stop_id" '[]' "$stop_actions"

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
