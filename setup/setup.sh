#!/usr/bin/env bash
# Lets the jobs of one GitHub environment run commands on one AKS cluster. First it reads everything
# and says what it found, then it makes what is missing. docs/SETUP.md explains each part.
[ -n "${BASH_VERSION:-}" ] || { echo 'Run this with bash: bash setup.sh --help' >&2; exit 2; }
set -euo pipefail
# A list has one item per line, and no item is a pattern of file names.
set -f
IFS=$'\n' tab=$'\t'

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
Sign in first, with "az login" and "gh auth login". You can run it again at any time.'
repository='' environment='' resource_group='' cluster='' namespace='' user_assigned='' client_id=''
create_environment='' unprotected='' dry_run='' wanted='' calls=''

role='AKS Run Command'
actions='["Microsoft.ContainerService/managedClusters/read",
  "Microsoft.ContainerService/managedClusters/runCommand/action",
  "Microsoft.ContainerService/managedClusters/commandResults/read"]'
rbac_writer=a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb # Azure Kubernetes Service RBAC Writer
issuer=https://token.actions.githubusercontent.com
audience=api://AzureADTokenExchange # Azure Government: …USGov, Azure China: …China

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

# Text of others, without what a terminal would obey.
printable() { LC_ALL=C tr -d '\000-\010\013-\037\177'; }

# change PLACEHOLDER CALL…: shows a call and makes it. $answer is what it prints. With --dry-run,
# the call is only shown, and $answer is the placeholder.
change() {
  answer=$1
  shift
  show "$@"
  if [ -n "$dry_run" ]; then return; fi
  calls=$calls$(show "$@")$IFS
  answer=$("$@")
}

at_exit() {
  if [ "$1" -eq 0 ]; then return; fi
  [ -n "$calls" ] || stop 'Stopped. Nothing was changed.'
  stop 'Stopped. These calls were made, of which the last one may have worked or not:' "$calls" \
    "To go on, run this again${client_id:+ with --client-id $client_id}."
}
trap 'at_exit $?' EXIT

# check NAME VALUE PATTERN: most values become part of a path, a query, or JSON.
check() { [[ $2 =~ $3 ]] || stop "$1 is missing or invalid: \"$2\". See: bash setup.sh --help"; }

while [ $# -gt 0 ]; do
  option=${1#--}
  option=${option//-/_}
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --create-environment | --unprotected | --dry-run) printf -v "$option" yes; shift; continue ;;
  esac
  check "$1" "${2:-}" '^[^-]'
  case $1 in
    --reviewer) check "$1" "$2" '^[A-Za-z0-9_-]+$'; wanted="${wanted}reviewer $2$IFS" ;;
    --branch) wanted="${wanted}branch $2$IFS" ;;
    --repository | --environment | --resource-group | --cluster | --namespace | --user-assigned | \
      --client-id) printf -v "$option" %s "$2" ;;
    *) stop "There is no option $1. See: bash setup.sh --help" ;;
  esac
  shift 2
done
guid='^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$'
check --repository "$repository" '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$'
check --environment "$environment" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
check --resource-group "$resource_group" .
check --cluster "$cluster" .
check --namespace "$namespace" '^[a-z0-9-]*$'
check --user-assigned "$user_assigned" '^[A-Za-z0-9_-]*$'
check --client-id "$client_id" "$guid"

# The cluster, and how it authorizes. az prints null as None, and a nested boolean as True.
tenant=$(az account show --query tenantId --output tsv)
facts=$(az aks show --resource-group "$resource_group" --name "$cluster" --output tsv \
  --query '[[id, aadProfile.managed, aadProfile.enableAzureRbac]]')
IFS=$tab read -r cluster_id managed azure_rbac <<<"$facts"
scope=/subscriptions/$(cut -d/ -f3 <<<"$cluster_id")
case $managed/$azure_rbac in
  True/True) rbac='Azure RBAC' ;;
  True/*) rbac='Kubernetes RBAC' ;;
  *) rbac='no managed Entra: every command is a cluster admin' ;;
esac
echo "Cluster:      $cluster_id ($rbac)"

# The subject. GitHub finds names in any letter case, and Entra compares letter by letter.
facts=$(gh api "repos/$repository" --jq '[.full_name, .html_url] | @tsv')
IFS=$tab read -r repository url <<<"$facts"
settings=$url/settings/environments
facts=$(gh api "repos/$repository/actions/oidc/customization/sub" \
  --jq '[(.use_default | tostring), .sub_claim_prefix] | @tsv')
IFS=$tab read -r use_default prefix <<<"$facts"
[ "$use_default" != false ] || stop "$repository customizes its tokens' subjects. Reset that with" \
  "  gh api --method PUT repos/$repository/actions/oidc/customization/sub -F use_default=true" \
  'or create the credential yourself, for the subject that the step prints.'
environments=$(gh api --paginate "repos/$repository/environments" --jq '.environments[].name')
exists=$(grep -ixF -- "$environment" <<<"$environments" || :)
environment=${exists:-$environment}
subject=${prefix:-repo:$repository}:environment:$environment
check 'The subject' "$subject" '^repo:[A-Za-z0-9@._/-]+:environment:[A-Za-z0-9_.-]+$'
echo "Environment:  $environment of $repository${exists:+, which exists}"
echo "Subject:      $subject"
if [ -z "$exists$create_environment" ] && [ -t 0 ]; then
  read -r -p "Create the environment $environment? (yes/no) " create_environment
fi
[ -n "$exists" ] || [ "$create_environment" = yes ] ||
  stop "There is no environment $environment. If its name is right, add --create-environment."

# What protects the environment, one rule per line: "reviewer NAME", "branch PATTERN".
path=repos/$repository/environments/$environment
rules='' variables=''
read_rules() {
  rules=$(gh api "$path" --jq '(.protection_rules[] | select(.type != "branch_policy")
    | if .type != "required_reviewers" then .type else .reviewers[].reviewer
      | if .login then "reviewer \(.login)" else "team \(.slug)" end end),
    (.deployment_branch_policy // {} | to_entries[] | select(.value) | .key)')
  if ! grep -qx custom_branch_policies <<<"$rules"; then return; fi
  rules=$rules$IFS$(gh api --paginate "$path/deployment-branch-policies" \
    --jq '.branch_policies[] | "\(.type // "branch") \(.name)"')
}
require_rules() {
  for rule in $wanted; do
    grep -qixF -- "$rule" <<<"$rules" || stop "The environment lacks the rule \"$rule\". Existing" \
      "rules are kept, and a reviewer needs access to the repository. See $settings"
  done
}
if [ -n "$exists" ]; then
  read_rules
  variables=$(gh api --paginate "$path/variables" --jq '.variables[] | "\(.name)=\(.value)"')
  echo "Its rules:    ${rules//$IFS/, }"
fi
# Only a run that was stopped leaves an environment for selected branches that has none.
case $rules in '' | *custom_branch_policies"$IFS") ;; *) require_rules ;; esac
[ -n "$wanted$rules$unprotected" ] || stop 'Anyone who can start a job in it would get in.' \
  "Add --reviewer or --branch, set rules at $settings, or accept it with --unprotected."
variable() { sed -n "s/^$1=//p" <<<"$variables"; }

# The identity, found by its ID: anyone who can register applications can take any display name.
client_id=${client_id:-$(variable AZURE_CLIENT_ID)} principal='' name='' trusted='' held=''
check 'The client ID' "$client_id" "$guid"
if [ -n "$user_assigned" ]; then
  credentials=(az identity federated-credential list --resource-group "$resource_group"
    --identity-name "$user_assigned")
  facts=$(az identity list --resource-group "$resource_group" --output tsv \
    --query '[].[name, clientId, principalId]')
  facts=$(grep -i "^$user_assigned$tab" <<<"$facts" || :)
  IFS=$tab read -r name found principal <<<"$facts"
  [ "$found" = "$client_id" ] || stop "The client ID of $user_assigned is ${found:-unknown}, and" \
    "AZURE_CLIENT_ID is ${client_id:-not set}. If the identity is yours, add --client-id."
elif [ -n "$client_id" ]; then
  credentials=(az ad app federated-credential list --id "$client_id")
  name=$(az ad app list --filter "appId eq '$client_id'" --query '[].displayName' --output tsv)
  [ -n "$name" ] || stop "No application has the client ID $client_id. Is it --user-assigned?" \
    'If it was deleted, delete the variable AZURE_CLIENT_ID of the environment, too.'
  principal=$(az ad sp list --filter "appId eq '$client_id'" --query '[].id' --output tsv)
else
  # az ad app create would change the application that has the name.
  taken=$(az ad app list --filter "displayName eq '$subject'" --query '[].appId' --output tsv)
  for found in $taken; do
    echo "The application $found has the name $subject. Its owners:" >&2
    az ad app owner list --id "$found" --query '[].[displayName, userPrincipalName]' --output tsv |
      printable >&2
  done
  [ -z "$taken" ] || stop 'If it is yours, add --client-id. If not, somebody may want to get in.'
fi
echo "Identity:     ${name:-a new one} $client_id" | printable
if [ -n "$client_id" ]; then
  facts=$("${credentials[@]}" --query '[].[name, issuer, subject, audiences[0]]' --output tsv)
  trusted=$(grep "$tab$issuer$tab$subject$tab$audience\$" <<<"$facts" || :)
  if [ -z "$trusted" ] && grep "^github$tab" <<<"$facts"; then
    stop 'The credential "github" of this identity is for other jobs. If they are gone, delete it.'
  fi
fi
if [ -n "$principal" ]; then
  held=$(az role assignment list --all --assignee "$principal" --output tsv \
    --query '[].[scope, roleDefinitionId]')
fi

# The role, found by its actions. Its name is unique in the tenant, so it may exist elsewhere.
has="length(permissions[0].actions[?contains(\`$actions\`, @)]) == \`3\`"
only="length(permissions[0].actions) == \`3\` && !(permissions[0].dataActions || permissions[1])"
role_id=$(az role definition list --custom-role-only true --output tsv \
  --query "[?$has && ($only || roleName == '$role')].id | [:1]")
if [ -z "$role_id" ]; then
  all="/providers/Microsoft.Authorization/roleDefinitions?\$filter=type%20eq%20'CustomRole'"
  lacking=$(az rest --method get --url "$all&api-version=2022-04-01" --output json --query "
    value[?properties.roleName == '$role'] | [0].{ roleName: properties.roleName,
      id: join('/', ['$scope/providers/Microsoft.Authorization/roleDefinitions', name]),
      description: properties.description,
      assignableScopes: [properties.assignableScopes[?@ != '$scope'], ['$scope']][],
      permissions: [merge(properties.permissions[0], { actions: [
        properties.permissions[0].actions[?!contains(\`$actions\`, @)], \`$actions\`][] })] }")
  [ -z "$lacking" ] || stop "The role \"$role\" lacks this subscription or actions. Add them:" \
    "$(show az role definition update --role-definition "$lacking")"
fi
echo "Role:         ${role_id:-a new one}"

# 1. The environment and its rules
users=$(sed -n 's/^reviewer //p' <<<"$wanted")
branches=$(sed -n 's/^branch //p' <<<"$wanted")
if [ -z "$rules" ] && [ -n "$wanted" ] || [ -z "$exists" ]; then
  fields=()
  for user in $users; do
    id=$(gh api "users/$user" --jq .id)
    fields+=(--field 'reviewers[][type]=User' --field "reviewers[][id]=$id")
  done
  if [ -n "$branches" ]; then
    fields+=(--field 'deployment_branch_policy[protected_branches]=false'
      --field 'deployment_branch_policy[custom_branch_policies]=true')
  fi
  change '' gh api --silent --method PUT "$path" ${fields[@]+"${fields[@]}"}
fi
if ! grep -q '^branch ' <<<"$rules"; then
  for branch in $branches; do
    change '' gh api --silent --method POST "$path/deployment-branch-policies" \
      --raw-field "name=$branch"
  done
fi
if [ -z "$dry_run" ]; then
  read_rules
  require_rules
  [ -n "$rules$unprotected" ] || stop "The environment has no rules. See $settings"
fi

# 2. The identity, and the jobs that it trusts
set_variable() {
  if [ "$(variable "$1")" = "$2" ]; then return; fi
  change '' gh variable set "$1" --repo "$repository" --env "$environment" --body "$2"
}
if [ -z "$client_id" ] && [ -n "$user_assigned" ]; then
  change "CLIENT_ID${tab}PRINCIPAL_ID" az identity create --resource-group "$resource_group" \
    --name "$user_assigned" --query '[[clientId, principalId]]' --output tsv
  IFS=$tab read -r client_id principal <<<"$answer"
elif [ -z "$client_id" ]; then
  change CLIENT_ID az ad app create --display-name "$subject" --query appId --output tsv
  client_id=$answer
fi
set_variable AZURE_CLIENT_ID "$client_id"
if [ -z "$principal" ]; then
  change PRINCIPAL_ID az ad sp create --id "$client_id" --query id --output tsv
  principal=$answer
fi
if [ -z "$trusted" ] && [ -n "$user_assigned" ]; then
  change '' az identity federated-credential create --resource-group "$resource_group" \
    --identity-name "$user_assigned" --name github --issuer "$issuer" --subject "$subject" \
    --audiences "$audience" --output none
elif [ -z "$trusted" ]; then
  change '' az ad app federated-credential create --id "$client_id" --output none --parameters \
    "{\"name\": \"github\", \"issuer\": \"$issuer\", \"subject\": \"$subject\",
  \"audiences\": [\"$audience\"]}"
fi

# 3. The role on this cluster, and the permissions in Kubernetes
assign() {
  if grep -i "^$2$tab" <<<"$held" | grep -qi "/${1##*/}\$"; then return; fi
  change '' az role assignment create --assignee-object-id "$principal" --role "$1" --scope "$2" \
    --assignee-principal-type ServicePrincipal --output none
}
if [ -z "$role_id" ]; then
  change ROLE_ID az role definition create --query id --output tsv --role-definition \
    "{\"Name\": \"$role\", \"Actions\": $actions, \"AssignableScopes\": [\"$scope\"]}"
  role_id=$answer
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
