#!/usr/bin/env bash
# Lets the jobs of one GitHub environment run commands on one AKS cluster, and nobody else. It reads
# everything first, stops if others would get in, and makes what is missing. See docs/SETUP.md.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash setup.sh --help' >&2; exit 2; }
set -feuo pipefail # With -f, the branch "release/*" is not a pattern of file names.
tab=$'\t' eol=$'\n'

usage='Usage: bash setup.sh --repository OWNER/REPO --environment NAME
                     --resource-group GROUP --cluster NAME
  --reviewer USER        require a review by this user (repeat for more)
  --branch PATTERN       allow only this branch (repeat for more)
  --namespace NAME       allow changes in this namespace, on a cluster with managed Entra
  --allow-stop           allow "on-cancel: stop" there, and so to enter the pods of other commands
  --user-assigned NAME   use a user-assigned identity in GROUP instead of an application
  --client-id ID         use this identity, which exists already and is yours
  --also-trusts NAME     accept another credential of the identity, by its name (repeat for more)
  --replace-cluster      let the environment use this cluster instead of another one
  --create-environment   create the environment if it does not exist
  --unprotected          accept an environment that keeps nobody out
  --dry-run              change nothing, and print the calls
Sign in first: az login, az account set --subscription NAME, gh auth login. You can run it again.'
repository='' environment='' resource_group='' cluster='' reviewer='' branch='' namespace=''
allow_stop='' user_assigned='' client_id='' also_trusts='' replace_cluster='' create_environment=''
unprotected='' dry_run='' answer=''

# The two roles. The lists are sorted. Built-in roles that include the second one can do much more.
aks=Microsoft.ContainerService/managedClusters
role='AKS Run Command'
actions="[\"$aks/commandResults/read\", \"$aks/read\", \"$aks/runCommand/action\"]"
stop_role='AKS Run Command Stop'
stop_actions="[\"$aks/pods/exec/action\", \"$aks/pods/read\"]"
definitions=/providers/Microsoft.Authorization/roleDefinitions
# Change these for GitHub Enterprise, and the audience for other clouds than Azure's public one.
github=https://github.com
issuer=https://token.actions.githubusercontent.com
audience=api://AzureADTokenExchange

# Names that others chose reach no terminal as commands, and look like no other names.
clean() { LC_ALL=C tr -c '\11\12\40-\176' '?'; }
list() { printf '%s\n' "$1" "$2" | clean | sed '/^$/d; 2,$s/^/  /'; }
stop() { printf '%s\n' "$@" | clean >&2; exit 1; }

# check NAME VALUE PATTERN: most values become part of a path, a query, or JSON.
check() { [[ $2 =~ $3 ]] || stop "$1 is missing or invalid: \"$2\". See: bash setup.sh --help"; }

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

# Shows a call, and makes it. What it prints is in $answer, which is empty with --dry-run.
change() {
  show "$@"
  if [ -n "$dry_run" ]; then return; fi
  again="Run this again${client_id:+ with --client-id $client_id}."
  state="The last call above failed. $made $again"
  answer=$("$@")
  made='The calls before it were made.'
  state="The calls above were made. $again"
}

# Each option sets the variable of its name. Values that can be repeated are lines.
while [ $# -gt 0 ]; do
  name=${1#--} before=''
  name=${name//-/_}
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --allow-stop | --replace-cluster | --create-environment | --unprotected | --dry-run)
      printf -v "$name" yes ;;
    --repository | --environment | --resource-group | --cluster | --reviewer | --branch | \
      --namespace | --user-assigned | --client-id | --also-trusts)
      check "$1" "${2:-}" '^[^-[:space:]][^[:space:]]*$'
      case $name in reviewer | branch | also_trusts) before=${!name}$eol ;; esac
      printf -v "$name" %s "$before$2"
      shift ;;
    *) stop "There is no option $1. See: bash setup.sh --help" ;;
  esac
  shift
done
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
check '--resource-group or --cluster' "$resource_group/$cluster" './.'
check --namespace "$namespace" '^[a-z0-9-]*$'
check --user-assigned "$user_assigned" '^[A-Za-z0-9_-]*$'

# The cluster, and how it authorizes. A list in a list is one line of TSV, which has null as None
# and a boolean as True. A failure would be lost in: read … <<<"$(az …)"
facts=$(az account show --query '[[id, tenantId, name]]' --output tsv)
read -r subscription tenant name <<<"$facts"
scope=/subscriptions/$subscription
facts=$(az aks show --resource-group "$resource_group" --name "$cluster" --output tsv \
  --query '[[aadProfile.managed, aadProfile.enableAzureRbac, id]]')
read -r managed azure_rbac cluster_id <<<"$facts"
[[ $tenant$cluster_id =~ ^[0-9A-Fa-f-]+/[^[:space:]]+$ ]] || stop "az printed no valid IDs: $facts"
case $managed/$azure_rbac in
  True/True) rbac='Azure RBAC' ;;
  True/*) rbac='Kubernetes RBAC' ;;
  *) rbac='no managed Entra: every command is a cluster admin' ;;
esac
list "The cluster, in the subscription $subscription ($name):" "$cluster_id ($rbac)"

# The subject. GitHub finds names in any letter case, and Entra compares letter by letter.
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
[ -n "$exists$create_environment" ] ||
  stop "There is no environment $environment. If its name is right, add --create-environment."

# What keeps people out, one rule on each line: "wait_timer", "User alice", "branch main", …
path=repos/$repository/environments/$environment
rules='' variables='' asked=${branch:+selected branches}
for name in $reviewer; do asked+="${eol}User $name"; done
for name in $branch; do asked+="${eol}branch $name"; done
protected=$(gh api --paginate "repos/$repository/branches?protected=true" --jq '.[].name')
read_rules() {
  rules=$(gh api "$path" --jq '
    (.protection_rules[] | .type | select(. != "required_reviewers" and . != "branch_policy")),
    (.protection_rules[].reviewers[]? | "\(.type) \(.reviewer.login // .reviewer.slug)"),
    (.deployment_branch_policy | select(.protected_branches) | "protected branches"),
    (.deployment_branch_policy | select(.custom_branch_policies) | "selected branches"),
    (.protection_rules[] | select(.prevent_self_review == false) | "self-review is allowed"),
    (select(.can_admins_bypass and .protection_rules != []) | "admins can bypass the rules")')
  ! grep -qx 'selected branches' <<<"$rules" || rules+=$eol$(gh api --paginate \
    "$path/deployment-branch-policies" --jq '.branch_policies[] | "\(.type // "branch") \(.name)"')
}
# Reviews keep people out, and so do branches, unless one of them is open to everyone who can push.
judge() {
  judged='' missing='' refusal='' reviewed='' limited='' open=' (open to all with write access)'
  while IFS= read -r rule; do
    note=''
    case $rule in
      'User '* | 'Team '*) reviewed=yes ;;
      'selected branches') limited=yes ;;
      'protected branches') limited=yes; [ -n "$protected" ] || note=$open ;;
      'branch *'* | 'tag *'*) note=$open ;;
      'branch '*[*?[]* | 'tag '*) note=' (check whether all of these are protected)' ;;
      'branch '*) grep -qxF -- "${rule#* }" <<<"$protected" || note=$open ;;
    esac
    judged+="${rule:+${2:-}$rule$note$eol}"
  done <<<"$1"
  [[ -n $reviewed$unprotected || ( -n $limited && $judged != *"$open"* ) ]] ||
    refusal="Everyone with write access would get in. Add --reviewer, or --branch with a protected
branch, set rules at $url/settings/environments, or accept this with --unprotected."
  while IFS= read -r rule; do
    [ -z "$rule" ] || grep -qixF -- "$rule" <<<"$1" || missing+=", $rule"
  done <<<"$asked"
  [ -z "$missing" ] || refusal="The environment lacks: ${missing#, }. Existing rules are kept, and a
reviewer needs access to the repository. See $url/settings/environments, or add a branch:
  gh api --method POST $path/deployment-branch-policies --raw-field name=BRANCH"
}
[ -z "$exists" ] || read_rules
[ -z "$exists" ] || variables=$(gh api --paginate "$path/variables" \
  --jq '.variables[] | "\(.name)=\(.value)"')
if [ -n "$rules" ]; then judge "$rules"; else judge "$asked" '+ '; fi
variable() { sed -n "s/^$1=//p" <<<"$variables"; }

# Whom the identity trusts: its credentials and keys, and its owners, who can add both. Others can
# set the variable, and register an application of any name, so neither proves anything.
given=$client_id found='' principal='' trusts='' owners='' others='' held='' lacks=''
client_id=$(tr A-F a-f <<<"${client_id:-$(variable AZURE_CLIENT_ID)}")
check 'The client ID' "$client_id" '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$'
ours="issuer == '$issuer' && subject == '$subject' && audiences[0] == '$audience'"
fields='name, issuer, subject || claimsMatchingExpression.value, audiences[0]'
credentials="[].[$ours && 'ours' || 'other', $fields]"
keys="[].[[['id', id, appId]], [passwordCredentials, keyCredentials][].['other', keyId, 'key']][][]"
owner="[].['owner', displayName, userPrincipalName]"
if [ -n "$user_assigned" ]; then
  facts=$(az identity list --resource-group "$resource_group" --output tsv \
    --query '[].[name, clientId, principalId]')
  read -r _ found principal <<<"$(grep -i "^$user_assigned$tab" <<<"$facts" || :)"
  [ -z "$found" ] || trusts=$(az identity federated-credential list --query "$credentials" \
    --resource-group "$resource_group" --identity-name "$user_assigned" --output tsv)
else
  filter="appId eq '$client_id'"
  # az ad app create would change the application that has the name.
  [ -n "$client_id" ] || filter="displayName eq '$subject'"
  facts=$(az ad app list --filter "$filter" --query "$keys" --output tsv)
  read -r _ _ found <<<"$facts"
  if [ -n "$found" ]; then
    trusts=$(az ad app federated-credential list --id "$found" --query "$credentials" --output tsv)
    owners=$(az ad app owner list --id "$found" --query "$owner" --output tsv)
    service=$(az ad sp list --filter "appId eq '$found'" --query "$keys" --output tsv)
    read -r _ principal _ <<<"$service"
    [ -z "$principal" ] ||
      owners+=$eol$(az ad sp owner list --id "$principal" --query "$owner" --output tsv)
    trusts+=$eol$(grep -v "^id$tab" <<<"$facts$eol$service" || :)
  fi
fi
trusted=$(grep "^ours$tab" <<<"$trusts" || :)
while IFS=$tab read -r kind name _; do
  [[ $kind != other || $also_trusts$eol == *"$eol$name$eol"* ]] || others+=", $name"
done <<<"$trusts"

# What it holds and lacks: on each line a role's name, a scope, the role's definition, and its ID
[ -z "$principal" ] || held=$(az role assignment list --all --include-groups --output tsv \
  --assignee "$principal" --query '[].[roleDefinitionName, scope, roleDefinitionId]')
need() {
  grep -qi "$tab${2//./\\.}$tab.*/${4##*/}\$" <<<"$held" || lacks+="+ $1$tab$2$tab$3$tab$4$eol"
}
# Our roles are found by what they allow, exactly. The name of a role is unique in the tenant.
need_role() {
  exact="sort(permissions[].actions[]) == \`$3\` && sort(permissions[].dataActions[]) == \`$4\` &&
    permissions[].[notActions, notDataActions][][] == \`[]\`"
  id=$(az role definition list --scope "$cluster_id" --custom-role-only true --output tsv \
    --query "[?$exact].id | [:1]")
  if [ -z "$id" ]; then
    facts=$(az rest --method get --query "value[].properties | [?roleName == '$1']" --output json \
      --url "$definitions?\$filter=type%20eq%20'CustomRole'&api-version=2022-04-01")
    [ "$facts" = '[]' ] || stop "The role \"$1\" is different, or not for $scope: $facts" \
      "It needs exactly the actions $3, the data actions $4, and $scope in assignableScopes."
  fi
  need "$1" "$2" "{\"Name\": \"$1\", \"Actions\": $3, \"DataActions\": $4, \
\"AssignableScopes\": [\"$scope\"]}" "$id"
}
need_role "$role" "$cluster_id" "$actions" '[]'
[[ $rbac/$namespace != 'Azure RBAC/'?* ]] || need 'Azure Kubernetes Service RBAC Writer' \
  "$cluster_id/namespaces/$namespace" - "$scope$definitions/a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"
[[ $rbac/$allow_stop != 'Azure RBAC/yes' ]] ||
  need_role "$stop_role" "$cluster_id/namespaces/aks-command" '[]' "$stop_actions"

# The rule, with a plus sign before what this run adds
[ -n "$trusted" ] || trusts+="$eol+ github$tab$issuer$tab$subject"
list "Whom the identity ${client_id:-(a new one)} trusts:" "$trusts$eol$owners"
list 'What it holds in this subscription:' "$(cut -f 1,2 <<<"$held"; cut -f 1,2 <<<"$lacks")"
[ -z "$allow_stop" ] || echo '  So its commands can enter the pods of other commands, use their
  permissions while they run, and change their results.'
list "What keeps people out of the environment $environment:" "$judged"

# Each of these has to be true. Note that people with write access can set the variables.
in_use=$(variable AKS_CLUSTER_ID | grep -vixF -- "$cluster_id" || :)
[ -z "$refusal" ] || stop "$refusal"
[ -n "$unprotected" ] || ! grep -qxF 'branch *' <<<"$asked" ||
  stop 'A branch "*" keeps nobody out. Leave it out, or add --unprotected.'
[[ -z $namespace || $managed == True ]] || stop \
  'Without managed Entra, every command is a cluster admin, so --namespace would limit nothing.'
[[ -z $in_use || -n $replace_cluster ]] || stop "The environment uses another cluster: $in_use" \
  'Use another environment for this cluster, or add --replace-cluster.'
[[ -z $client_id || -n $found ]] || stop "There is no identity $client_id. If it is gone, delete" \
  'the variable AZURE_CLIENT_ID. If it is a user-assigned one, add --user-assigned NAME.'
[[ $client_id == "$found" ]] || stop "An identity of this name exists already. If it is yours," \
  "add --client-id $found. If not, someone may be trying to get in."
[[ -z $client_id || -n $given || ( -n $trusted && $lacks != "+ $role$tab"* ) ]] || stop \
  'The identity in AZURE_CLIENT_ID does not trust this subject, or does not have the role here.' \
  "If it is yours, add --client-id $client_id."
[ -z "$others" ] || stop "Others can sign in as this identity, with ${others#, }." \
  'Delete what is not needed, and add --also-trusts NAME for the rest.'
# A user-assigned identity would lose it, because az replaces a credential that has the name.
[ -n "$trusted" ] || ! grep -q "^other${tab}github$tab" <<<"$trusts" || stop \
  'The credential "github" of this identity is for other jobs, and stays. Use another identity' \
  'for this environment. Or, if those jobs are gone, delete the credential first.'

echo 'What this run does:'
# 1. The environment and its rules
if [ -z "$exists" ] || [[ -z $rules && -n $asked ]]; then
  call=(gh api --silent --method PUT "$path")
  for name in $reviewer; do
    id=$(gh api "users/$name" --jq .id)
    call+=(--field 'reviewers[][type]=User' --field "reviewers[][id]=$id")
  done
  [ -z "$reviewer" ] || call+=(--field prevent_self_review=true)
  [ -z "$branch" ] || call+=(--field 'deployment_branch_policy[protected_branches]=false'
    --field 'deployment_branch_policy[custom_branch_policies]=true')
  change "${call[@]}"
  for name in $branch; do
    change gh api --silent --method POST "$path/deployment-branch-policies" --raw-field "name=$name"
  done
  [ -n "$dry_run" ] || { read_rules; judge "$rules"; }
  [ -z "$refusal" ] || stop "$refusal"
fi

# 2. The identity, and the jobs that it trusts
if [ -n "$user_assigned" ] && [ -z "$client_id" ]; then
  change az identity create --resource-group "$resource_group" --name "$user_assigned" \
    --query '[[clientId, principalId]]' --output tsv
  read -r client_id principal <<<"${dry_run:+CLIENT_ID PRINCIPAL_ID}$answer"
elif [ -z "$client_id" ]; then
  change az ad app create --display-name "$subject" --query appId --output tsv
  client_id=${dry_run:+CLIENT_ID}$answer
fi
if [ -z "$principal" ]; then
  change az ad sp create --id "$client_id" --query id --output tsv
  principal=${dry_run:+PRINCIPAL_ID}$answer
fi
if [ -z "$trusted" ] && [ -n "$user_assigned" ]; then
  change az identity federated-credential create --resource-group "$resource_group" \
    --identity-name "$user_assigned" --name github --issuer "$issuer" --subject "$subject" \
    --audiences "$audience" --output none
elif [ -z "$trusted" ]; then
  change az ad app federated-credential create --id "$client_id" --output none --parameters \
    "{\"name\": \"github\", \"issuer\": \"$issuer\", \"subject\": \"$subject\",
  \"audiences\": [\"$audience\"]}"
fi

# 3. The roles
while IFS=$tab read -r _ place definition id; do
  if [ -z "$id" ]; then
    change az role definition create --query id --output tsv --role-definition "$definition"
    id=${dry_run:+ROLE_ID}$answer
  fi
  change az role assignment create --assignee-object-id "$principal" --role "$id" \
    --scope "$place" --assignee-principal-type ServicePrincipal --output none
done < <(grep . <<<"$lacks")

# 4. What the workflow reads
for pair in "AKS_CLUSTER_ID=$cluster_id" "AZURE_CLIENT_ID=$client_id" "AZURE_TENANT_ID=$tenant"; do
  grep -qxF -- "$pair" <<<"$variables" || change gh variable set "${pair%%=*}" \
    --repo "$repository" --env "$environment" --body "${pair#*=}"
done
[ -z "$dry_run" ] || { echo 'Nothing was changed.'; exit; }
echo 'Done. A new role can take ten minutes to apply. Until then, the step fails.'
case $rbac/$namespace in *RBAC/) echo 'To let it change things, add --namespace.' ;; esac
if [ "$rbac" = 'Kubernetes RBAC' ] && [ -n "$namespace$allow_stop" ]; then
  echo 'A cluster admin has to run this and check what it prints:'
  invoke=(az aks command invoke --resource-group "$resource_group" --name "$cluster" --command)
  name=github-$principal ns='--namespace aks-command'
  [ -z "$namespace" ] || show "${invoke[@]}" \
    "kubectl create rolebinding $name --clusterrole=edit --user=$principal --namespace $namespace"
  [ -z "$allow_stop" ] || show "${invoke[@]}" \
    "kubectl create role $name-list --verb=get,list --resource=pods $ns
kubectl create role $name-exec --verb=create --resource=pods/exec $ns
kubectl create rolebinding $name-list --role=$name-list --user=$principal $ns
kubectl create rolebinding $name-exec --role=$name-exec --user=$principal $ns"
fi
