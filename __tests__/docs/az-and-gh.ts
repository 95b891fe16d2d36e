import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ended } from '../../local/runner/step.ts';

/**
 * Stand-ins for `az` and `gh`, for the commands of the documents. Like the real ones, they refuse
 * to create what exists and to change what doesn't, and `az` patches an application of the same
 * name. They know only the calls of the documents.
 *
 * Every call reads its standard input to the end, as the real ones may: a block whose commands
 * could read the block itself loses its rest here.
 */

/** A tenant and a GitHub in which nothing is set up, in a folder: one file for each thing. */
export type Tenant = string;

const PREAMBLE = `#!/bin/sh
input=$(cat)
# The value of an option among the arguments of this call.
option() {
  wanted=$1
  shift
  while [ $# -gt 1 ]; do
    if [ "$1" = "$wanted" ]; then echo "$2"; return; fi
    shift
  done
}
fail() { echo "ERROR: $1" >&2; exit 1; }
field() { echo "$input" | sed -n "s/.*\\"$1\\": *\\"\\([^\\"]*\\)\\".*/\\1/p"; }
cd "$TENANT"
echo "\${0##*/} $*" | paste -sd' ' - >>calls
[ "$(wc -l <calls)" -ne "$FAILS" ] || fail 'The connection broke.'
`;

const AZ = `
  subscription=/subscriptions/$SUBSCRIPTION
  query=$(option --query "$@")
  id=$(option --id "$@")
  # The actions of the README's role, as a query passes them in its literal.
  wanted() { echo "$query" | grep -oE '"Microsoft[^"]*"' | tr -d '"' | sort -u; }
  # A file of a role has its actions and its scopes, one per line.
  save_role() { echo "$input" | grep -oE '"(Microsoft|/subscriptions)[^"]*"' | tr -d '"' | sort -u >"roles/$1"; }
  is_assignable() { grep -qxF "$subscription" "roles/$1" 2>/dev/null; }
  as_json() { sed 's/.*/"&"/' | paste -sd, - | sed 's/.*/{ "roleName": "'"$1"'", "values": [&] }/'; }
  case $* in
    'aks show '*)
      [ "$(option --name "$@")" != missing ] || fail '(ResourceNotFound)'
      # AKS writes it in lower case.
      echo "$subscription/resourcegroups/$(option --resource-group "$@")/providers/Microsoft.ContainerService/managedClusters/$(option --name "$@")" ;;
    'account show --query id '*) echo "$SUBSCRIPTION" ;;
    'account show --query tenantId '*) echo tenant ;;

    'ad app create '*)
      # It changes the application of that name, if there is one.
      name=$(option --display-name "$@")
      found=$(grep -lxF "$name" applications/* 2>/dev/null)
      if [ -z "$found" ]; then
        found=applications/app-$(ls applications | wc -l | tr -d ' ')
        echo "$name" >"$found"
      fi
      basename "$found" ;;
    'ad app delete '*)
      [ -e "applications/$id" ] || fail "Resource '$id' does not exist"
      rm -rf "applications/$id" "principals/$id" "credentials/$id."* ;;
    'ad sp list --filter '*)
      id=$(option --filter "$@" | sed "s/appId eq '\\(.*\\)'/\\1/")
      if [ -e "principals/$id" ]; then echo "principal-of-$id"; fi ;;
    'ad sp show '*) [ -e "principals/$id" ] || fail "'$id' does not exist"; echo "principal-of-$id" ;;
    'ad sp create '*)
      [ ! -e "principals/$id" ] || fail 'the service principal name is already in use'
      echo enabled >"principals/$id"
      echo "principal-of-$id" ;;
    'ad sp update '*'accountEnabled=false') echo disabled >"principals/$id" ;;
    'ad app federated-credential list '*)
      # The stand-in of a query: the names.
      ls credentials | sed -n "s/^$id\\.//p" ;;
    'ad app federated-credential create '*)
      name=$(field name)
      [ ! -e "credentials/$id.$name" ] || fail "FederatedIdentityCredential with name $name already exists."
      echo "$input" >"credentials/$id.$name" ;;

    # Both can be repeated: they change what exists.
    'identity create '*)
      client=client-of-$(option --name "$@")
      option --name "$@" >"applications/$client"
      echo enabled >"principals/$client" ;;
    'identity show '*'--query clientId '*) echo "client-of-$(option --name "$@")" ;;
    'identity show '*'--query principalId '*) echo "principal-of-client-of-$(option --name "$@")" ;;
    'identity federated-credential create '*)
      credential=credentials/client-of-$(option --identity-name "$@").$(option --name "$@")
      printf '{ "subject": "%s", "issuer": "%s" }\\n' "$(option --subject "$@")" "$(option --issuer "$@")" >"$credential" ;;
    'identity federated-credential delete '*)
      rm "credentials/client-of-$(option --identity-name "$@").$(option --name "$@")" ;;

    'role definition list '*)
      role=$(option --name "$@")
      if ! is_assignable "$role"; then
        # A query that changes a role fails without one. Others find nothing.
        case $query in *merge*) fail 'invalid type for value: None' ;; *) exit 0 ;; esac
      fi
      case $query in
        *'length('*) wanted | grep -cxFf - "roles/$role" || : ;;
        *'{permissions:'*) { wanted; cat "roles/$role"; } | sort -u | as_json "$role" ;;
        *'{assignableScopes:'*)
          { echo "$query" | grep -o '/subscriptions/[^'"'"']*'; cat "roles/$role"; } | sort -u | as_json "$role" ;;
      esac ;;
    'role definition create '*)
      name=$(field Name)
      [ ! -e "roles/$name" ] || fail '(RoleDefinitionWithSameNameExists)'
      save_role "$name" ;;
    'role definition update '*)
      [ -e "roles/$(field roleName)" ] || fail 'No definition was found'
      save_role "$(field roleName)" ;;
    'role assignment create '*)
      role=$(option --role "$@")
      if [ "$role" = 'AKS Run Command' ]; then is_assignable "$role" || fail "Role '$role' doesn't exist."; fi
      # One that exists is no error.
      line="$(option --assignee-object-id "$@"): $role on $(option --scope "$@")"
      grep -qxF "$line" assignments || echo "$line" >>assignments ;;
    'role assignment list '*)
      # The ID of an assignment is its line.
      grep "^principal-of-$(option --assignee "$@"):" assignments | tr ' ' , ;;
    'role assignment delete '*)
      line="principal-of-$(option --assignee "$@"): $(option --role "$@") on $(option --scope "$@")"
      if [ "$4" = --ids ]; then line=$(echo "$5" | tr , ' '); fi
      grep -qxF "$line" assignments || fail 'No matched assignments were found to delete'
      { grep -vxF "$line" assignments || :; } >others
      mv others assignments ;;

    'ad app list '* | 'identity list '* | 'aks command invoke '* | 'aks update '*'--disable-run-command' | 'monitor activity-log list '*) ;;
    *) fail "unknown: $*" ;;
  esac
`;

const GH = `
  # The file of the environment that a path or the options name.
  environment=environments/$(echo "$*" | sed -nE 's|.*repos/(.*)/environments/([^/ ]*).*|\\1/\\2|p' | tr / .)
  chosen=environments/$(option --repo "$@" | tr / .).$(option --env "$@")
  place="$(option --repo "$@") $(option --env "$@")"
  case $* in
    *customization/sub*) echo "$PREFIX" ;;
    'api --paginate repos/'*'/environments '*)
      ls environments | sed -n "s/^$(echo "$3" | sed 's|^repos/||; s|/environments$||' | tr / .)\\.//p" ;;
    'api --paginate repos/'*'/variables '*)
      found=$(echo "$3" | sed 's|^repos/\\(.*\\)/environments/\\([^/]*\\)/.*|\\1 \\2|')
      sed -n "s|^$found ||p" variables ;;
    # A PUT sets all rules of an environment; without fields, these are none.
    'api --silent --method PUT '*/environments/*) shift 4; echo "$@" | cut -s -d' ' -f2- >"$environment" ;;
    'api --silent --method POST '*/deployment-branch-policies*)
      [ -e "$environment" ] || fail 'Not Found (HTTP 404)'
      echo "branch $(option --raw-field "$@")" >>"$environment" ;;
    'api repos/'*/variables/*)
      name=$(basename "$2")
      found=$(echo "$2" | sed 's|^repos/\\(.*\\)/environments/\\([^/]*\\)/.*|\\1 \\2|')
      grep "^$found $name=" variables | cut -d= -f2 | grep . || fail 'Not Found (HTTP 404)' ;;
    'api repos/'*' --jq .full_name')
      [ "$2" != repos/acme/missing ] || fail 'Not Found (HTTP 404)'
      echo "$2" | sed 's|^repos/||; s|^Acme/|acme/|' ;;
    'api users/'*) echo 7 ;;
    'variable set '*'--env-file -'*)
      [ -e "$chosen" ] || fail 'HTTP 404'
      echo "$input" | while IFS='=' read -r name value; do
        { grep -v "^$place $name=" variables || :; } >others
        echo "$place $name=$value" | sort - others >variables
      done ;;
    'variable list '*) grep "^$place " variables || : ;;
    'variable delete '*)
      grep -q "^$place $3=" variables || fail 'HTTP 404'
      { grep -v "^$place $3=" variables || :; } >others
      mv others variables ;;
    *) fail "unknown: $*" ;;
  esac
`;

/** @returns the folder of both programs, for PATH */
export function installAzAndGh(folder: string): string {
  for (const [name, script] of Object.entries({ az: AZ, gh: GH })) {
    writeFileSync(path.join(folder, name), PREAMBLE + script);
    chmodSync(path.join(folder, name), 0o755);
  }
  return folder;
}

export function newTenant(folder: string): Tenant {
  const tenant = mkdtempSync(path.join(folder, 'tenant-'));
  for (const kind of ['applications', 'principals', 'credentials', 'roles', 'environments'])
    mkdirSync(path.join(tenant, kind));
  for (const list of ['assignments', 'variables', 'others'])
    writeFileSync(path.join(tenant, list), '');
  return tenant;
}

export function linesOf(tenant: Tenant, list: string): string[] {
  return readFileSync(path.join(tenant, list), 'utf8').trim().split('\n').filter(Boolean);
}

/** What each application trusts: its name, and the subject of its credential. */
export function trustOf(tenant: Tenant): Readonly<Record<string, string>> {
  const applications = readdirSync(path.join(tenant, 'applications'));
  return Object.fromEntries(
    applications.map((id) => {
      const [name = ''] = linesOf(tenant, `applications/${id}`);
      const credential = readFileSync(path.join(tenant, `credentials/${id}.github`), 'utf8');
      return [name, (JSON.parse(credential) as { subject: string }).subject];
    }),
  );
}

/** How a reader hands commands to a shell, each with what it needs on this machine. */
const READERS = {
  'pasted into bash': ['bash', '--norc', '-i'],
  'pasted into zsh': ['zsh', '-f', '-i'],
  'from a file': ['sh', 'commands.sh'],
} as const;
export type Reader = keyof typeof READERS;

/**
 * Runs commands as a reader does, who then types another line.
 *
 * @param fails the number of the call of `az` or `gh` that fails; 0 for none
 */
export async function paste(
  reader: Reader,
  commands: string,
  env: Readonly<Record<'PATH' | 'PREFIX' | 'SUBSCRIPTION' | 'TENANT', string>>,
  fails = 0,
) {
  const [shell, ...options] = READERS[reader];
  const lines = `${commands}\necho "exit code $?"\n`;
  writeFileSync(path.join(env.TENANT, 'calls'), '');
  writeFileSync(path.join(env.TENANT, 'commands.sh'), lines);
  const child = spawn(shell, options, {
    cwd: env.TENANT,
    env: { ...env, FAILS: String(fails), HOME: env.TENANT },
    // Without a terminal, which an interactive shell would take for itself.
    detached: true,
  });
  // A shell that has ended reads no more of them.
  child.stdin.on('error', () => undefined);
  child.stdin.end(reader === 'from a file' ? '' : lines);
  const { stdout, stderr } = await ended(child);
  const errors = stderr.split('\n').filter((line) => line.includes('ERROR: '));
  return {
    exitCode: Number(/^exit code (\d+)$/m.exec(stdout)?.[1]),
    errors,
    stdout,
    calls: linesOf(env.TENANT, 'calls'),
  };
}
