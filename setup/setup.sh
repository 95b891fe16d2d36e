#!/usr/bin/env bash
# Lets the jobs of one GitHub environment run commands on one AKS cluster. First it reads everything
# and says what it found. Then it makes what is missing, in four steps at the end of this file.
# docs/SETUP.md explains each part.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash setup.sh --help' >&2; exit 2; }
set -euo pipefail
# The branch pattern "release/*" is not a pattern of file names.
set -f
tab=$'\t'

usage='Usage: bash setup.sh --repository OWNER/REPO --environment NAME
                     --resource-group GROUP --cluster NAME
  --reviewer USER        require a review by this user (repeat for more)
  --branch PATTERN       allow only this branch (repeat for more)
  --namespace NAME       allow changes in this namespace, on a cluster with managed Entra
  --user-assigned NAME   use a user-assigned identity in GROUP instead of an application
  --client-id ID         use this identity, which exists already and is yours
  --create-environment   create the environment if it does not exist
  --unprotected          accept an environment without reviewers and branches
  --dry-run              change nothing, and print the calls
Sign in first, with "az login" and "gh auth login", and select the subscription of the cluster, with
"az account set --subscription NAME". You can run it again at any time.'
repository='' environment='' resource_group='' cluster='' reviewers='' branches='' namespace=''
user_assigned='' client_id='' create_environment='' unprotected='' dry_run='' answer=''

role='AKS Run Command'
actions='["Microsoft.ContainerService/managedClusters/read",
  "Microsoft.ContainerService/managedClusters/runCommand/action",
  "Microsoft.ContainerService/managedClusters/commandResults/read"]'
rbac_writer=a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb # Azure Kubernetes Service RBAC Writer
# GitHub Enterprise needs another address and issuer, and other clouds than Azure's public one need
# another audience.
github=https://github.com
issuer=https://token.actions.githubusercontent.com
audience=api://AzureADTokenExchange

stop() { printf '%s\n' "$@" >&2; exit 1; }

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

state='Nothing was changed.'
trap '[ $? -eq 0 ] || echo "Stopped. $state" >&2' EXIT

# Shows a call, and makes it. What it prints is in $answer, which is empty with --dry-run.
change() {
  show "$@"
  if [ -n "$dry_run" ]; then return; fi
  state='The calls above were made. The last one may have worked or not. To go on, run this again.'
  answer=$("$@")
}

take() {
  check "$1" "$2" '^[^-[:space:]][^[:space:]]*$'
  case $1 in
    --repository) repository=$2 ;;
    --environment) environment=$2 ;;
    --resource-group) resource_group=$2 ;;
    --cluster) cluster=$2 ;;
    --reviewer) reviewers="$reviewers $2" ;;
    --branch) branches="$branches $2" ;;
    --namespace) namespace=$2 ;;
    --user-assigned) user_assigned=$2 ;;
    --client-id) client_id=$2 ;;
    *) stop "There is no option $1. See: bash setup.sh --help" ;;
  esac
}
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --create-environment) create_environment=yes ;;
    --unprotected) unprotected=yes ;;
    --dry-run) dry_run=yes ;;
    *) take "$1" "${2:-}"; shift ;;
  esac
  shift
done
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
check --resource-group "$resource_group" .
check --cluster "$cluster" .
check --namespace "$namespace" '^[a-z0-9-]*$'
check --user-assigned "$user_assigned" '^[A-Za-z0-9_-]*$'

# The cluster, and how it authorizes. A list in a list is one line of TSV, which has null as None
# and a boolean as True. A failure would be lost in: read … <<<"$(az …)"
facts=$(az account show --query '[[id, tenantId, name]]' --output tsv)
read -r subscription tenant name <<<"$facts"
scope=/subscriptions/$subscription
echo "Subscription: $subscription ($name)"
facts=$(az aks show --resource-group "$resource_group" --name "$cluster" --output tsv \
  --query '[[id, aadProfile.managed, aadProfile.enableAzureRbac]]')
read -r cluster_id managed azure_rbac <<<"$facts"
case $managed/$azure_rbac in
  True/True) rbac='Azure RBAC' ;;
  True/*) rbac='Kubernetes RBAC' ;;
  *) rbac='no managed Entra: every command is a cluster admin' ;;
esac
echo "Cluster:      $cluster_id ($rbac)"

# The subject. GitHub finds names in any letter case, and Entra compares letter by letter.
url=$(gh api "repos/$repository" --jq .html_url)
repository=${url#"$github/"}
[ "$url" = "$github/$repository" ] ||
  stop "$url is not on $github." 'Change "github" and "issuer" at the top of this script.'
facts=$(gh api "repos/$repository/actions/oidc/customization/sub" \
  --jq '[.use_default, .sub_claim_prefix] | @tsv')
read -r use_default prefix <<<"$facts"
[ "$use_default" != false ] || stop "$repository customizes its tokens' subjects. Reset that with" \
  "  gh api --method PUT repos/$repository/actions/oidc/customization/sub -F use_default=true" \
  'or create the credential yourself, for the subject that the step prints.'
environments=$(gh api --paginate "repos/$repository/environments" --jq '.environments[].name')
exists=$(grep -ixF -- "$environment" <<<"$environments" || :)
environment=${exists:-$environment}
subject=${prefix:-repo:$repository}:environment:$environment
echo "Subject:      $subject"
if [ -z "$exists$create_environment" ] && [ -t 0 ]; then
  read -r -p "Create the environment $environment? (yes/no) " create_environment
fi
[ -n "$exists" ] || [ "$create_environment" = yes ] ||
  stop "There is no environment $environment. If its name is right, add --create-environment."

# What protects the environment, one rule per line: "wait_timer", "User alice", "branch main", …
path=repos/$repository/environments/$environment
settings=$url/settings/environments
rules='' variables='' new_rules=''
has_rule() { grep -qixF -- "$1" <<<"$rules"; }
read_rules() {
  rules=$(gh api "$path" --jq '
    (.protection_rules[] | .type),
    (.protection_rules[].reviewers[]? | "\(.type) \(.reviewer.login // .reviewer.slug)"),
    (select(.deployment_branch_policy.custom_branch_policies) | "selected branches")')
  if has_rule 'selected branches'; then
    selected=$(gh api --paginate "$path/deployment-branch-policies" \
      --jq '.branch_policies[] | "\(.type) \(.name)"')
    rules=$rules$'\n'${selected:-no branch}
  fi
}
require() {
  has_rule "$1" || stop "The environment lacks the rule \"$1\". Existing rules are kept, and a" \
    "reviewer needs access to the repository. See $settings"
}
require_rules() {
  for user in $reviewers; do require "User $user"; done
  for branch in $branches; do require "branch $branch"; done
  # A wait timer alone keeps nobody out.
  [ -n "$unprotected" ] || grep -vqx -e wait_timer -e '' <<<"$rules" || stop \
    'Anyone who can start a job in the environment would get in. Add --reviewer or --branch,' \
    "set rules at $settings, or accept it with --unprotected."
}
if [ -n "$exists" ]; then
  read_rules
  variables=$(gh api --paginate "$path/variables" --jq '.variables[] | "\(.name)=\(.value)"')
  echo "Its rules:    ${rules//$'\n'/, }"
fi
# With "no branch", a run was stopped before it added the branches. This one adds them.
if [ -z "$rules" ] && [ -n "$reviewers$branches" ]; then
  new_rules=yes
elif ! has_rule 'no branch'; then
  require_rules
fi
variable() { sed -n "s/^$1=//p" <<<"$variables"; }

# The identity, found by its ID: anyone who can register applications can take any display name.
given=$client_id principal='' credentials='' held=''
client_id=${client_id:-$(variable AZURE_CLIENT_ID)}
check 'The client ID' "$client_id" '^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$'
fields='[].[name, issuer, subject, audiences[0]]'
if [ -n "$user_assigned" ]; then
  facts=$(az identity list --resource-group "$resource_group" --output tsv \
    --query '[].[name, clientId, principalId]')
  facts=$(grep -i "^$user_assigned$tab" <<<"$facts" || :)
  read -r name found principal <<<"$facts"
  [ "$found" = "$client_id" ] || stop "The client ID of $user_assigned is ${found:-unknown}, and" \
    "AZURE_CLIENT_ID is ${client_id:-not set}. If the identity is yours, add --client-id."
  if [ -n "$found" ]; then
    credentials=$(az identity federated-credential list --resource-group "$resource_group" \
      --identity-name "$user_assigned" --query "$fields" --output tsv)
  fi
elif [ -n "$client_id" ]; then
  principal=$(az ad sp list --filter "appId eq '$client_id'" --query '[].id' --output tsv)
  credentials=$(az ad app federated-credential list --id "$client_id" --output tsv \
    --query "$fields")
else
  # az ad app create would change the application that has the name.
  taken=$(az ad app list --filter "displayName eq '$subject'" --query '[].appId' --output tsv)
  for found in $taken; do
    echo "The application $found has the name $subject. Its owners:" >&2
    # JSON shows control characters as text.
    az ad app owner list --id "$found" --output json \
      --query '[].[displayName, userPrincipalName]' >&2
  done
  [ -z "$taken" ] || stop 'If it is yours, add --client-id. If not, somebody may want to get in.'
fi
echo "Identity:     ${client_id:-a new one}"
trusted=$(cut -f 2- <<<"$credentials" | grep -xF "$issuer$tab$subject$tab$audience" || :)
if [ -z "$trusted" ] && grep -q "^github$tab" <<<"$credentials"; then
  stop 'The credential "github" of this identity is for other jobs. If they are gone, delete it.'
fi
if [ -n "$principal" ]; then
  held=$(az role assignment list --all --assignee "$principal" --output tsv \
    --query '[].[scope, roleDefinitionId]')
fi
# Whether the identity has a role, given by its ID, on a scope
has() { grep -qi "^$2$tab.*/${1##*/}\$" <<<"$held"; }

# The role, found by its actions. Its name is unique in the tenant, so it may exist elsewhere.
# Three of its actions are ours, and it has no others.
has_all="length(permissions[0].actions[?contains(\`$actions\`, @)]) == \`3\`"
no_more="length(permissions[].[actions, dataActions][][]) == \`3\`"
role_id=$(az role definition list --custom-role-only true --output tsv \
  --query "[?$has_all && ($no_more || roleName == '$role')].id | [:1]")
if [ -z "$role_id" ]; then
  all="/providers/Microsoft.Authorization/roleDefinitions?\$filter=type%20eq%20'CustomRole'"
  elsewhere=$(az rest --method get --url "$all&api-version=2022-04-01" --output tsv \
    --query "value[?properties.roleName == '$role'].properties.assignableScopes[0]")
  scopes="[assignableScopes[?@ != '$scope'], ['$scope']][]"
  all_actions="[permissions[0].actions[?!contains(\`$actions\`, @)], \`$actions\`][]"
  complete="[0].merge(@, {assignableScopes: $scopes,
    permissions: [merge(permissions[0], {actions: $all_actions})]})"
  [ -z "$elsewhere" ] || stop "The role \"$role\" lacks this subscription or actions. Add them:" \
    "$(show az role definition list --name "$role" --scope "$elsewhere" --output json \
      --query "$complete") >role.json" \
    '  az role definition update --role-definition @role.json'
fi
echo "Role:         ${role_id:-a new one}"

# People with write access can set the variable, but cannot assign roles on the cluster.
if [ -n "$client_id" ] && [ -z "$given" ] && ! has "${role_id:-none}" "$cluster_id"; then
  stop 'The identity comes from AZURE_CLIENT_ID, and has no role on this cluster yet.' \
    "If it is yours, add --client-id $client_id."
fi

# 1. The environment and its rules
if [ -z "$exists" ] || [ -n "$new_rules" ]; then
  call=(gh api --silent --method PUT "$path")
  for user in $reviewers; do
    id=$(gh api "users/$user" --jq .id)
    call+=(--field 'reviewers[][type]=User' --field "reviewers[][id]=$id")
  done
  if [ -n "$branches" ]; then
    call+=(--field 'deployment_branch_policy[protected_branches]=false'
      --field 'deployment_branch_policy[custom_branch_policies]=true')
    rules='no branch'
  fi
  change "${call[@]}"
fi
if has_rule 'no branch'; then
  for branch in $branches; do
    change gh api --silent --method POST "$path/deployment-branch-policies" \
      --raw-field "name=$branch"
  done
fi
if [ -z "$dry_run" ]; then
  read_rules
  require_rules
fi

# 2. The identity, and the jobs that it trusts
set_variable() {
  if [ "$(variable "$1")" = "$2" ]; then return; fi
  change gh variable set "$1" --repo "$repository" --env "$environment" --body "$2"
}
if [ -z "$client_id" ] && [ -n "$user_assigned" ]; then
  change az identity create --resource-group "$resource_group" --name "$user_assigned" \
    --query '[[clientId, principalId]]' --output tsv
  read -r client_id principal <<<"${answer:-CLIENT_ID PRINCIPAL_ID}"
elif [ -z "$client_id" ]; then
  change az ad app create --display-name "$subject" --query appId --output tsv
  client_id=${answer:-CLIENT_ID}
fi
set_variable AZURE_CLIENT_ID "$client_id"
if [ -z "$principal" ]; then
  change az ad sp create --id "$client_id" --query id --output tsv
  principal=${answer:-PRINCIPAL_ID}
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

# 3. The role on this cluster, and the permissions in Kubernetes
assign() {
  if has "$1" "$2"; then return; fi
  change az role assignment create --assignee-object-id "$principal" --role "$1" --scope "$2" \
    --assignee-principal-type ServicePrincipal --output none
}
if [ -z "$role_id" ]; then
  change az role definition create --query id --output tsv --role-definition \
    "{\"Name\": \"$role\", \"Actions\": $actions, \"AssignableScopes\": [\"$scope\"]}"
  role_id=${answer:-ROLE_ID}
fi
assign "$role_id" "$cluster_id"
if [ "$rbac" = 'Azure RBAC' ] && [ -n "$namespace" ]; then
  assign "$scope/providers/Microsoft.Authorization/roleDefinitions/$rbac_writer" \
    "$cluster_id/namespaces/$namespace"
fi

# 4. What the workflow reads
set_variable AKS_CLUSTER_ID "$cluster_id"
set_variable AZURE_TENANT_ID "$tenant"
[ -z "$dry_run" ] || { echo 'Nothing was changed.'; exit; }
echo 'Done. A new role can take ten minutes to apply. Until then, the step fails.'
case $rbac/$namespace in
  *RBAC/) echo 'The identity has no permissions in Kubernetes yet. Add --namespace.' ;;
  Kubernetes*)
    echo 'A cluster admin has to let the identity into the namespace. Look at what this prints:'
    binding="create rolebinding github-$principal --clusterrole=edit --user=$principal"
    show az aks command invoke --resource-group "$resource_group" --name "$cluster" \
      --command "kubectl $binding --namespace $namespace" ;;
esac
cat <<WORKFLOW
The job needs "environment: $environment" and the permission "id-token: write", and the step
  cluster: \${{ vars.AKS_CLUSTER_ID }}
  client-id: \${{ vars.AZURE_CLIENT_ID }}
  tenant-id: \${{ vars.AZURE_TENANT_ID }}
WORKFLOW
