import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { toolFolder } from '../../local/azure/index.ts';

export type Command = {
  readonly tool: string;
  readonly words: readonly string[];
  readonly options: readonly string[];
};

const TOOLS = ['az', 'gh', 'kubectl', 'helm'];

/**
 * The options of `gh` and `az` that documents and messages use: what `az COMMAND --help` of Azure
 * CLI 2.74 lists, and `--enable-run-command` and its opposite of 2.76. `az` isn't on every machine, and its help is
 * slow.
 */
const KNOWN: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'az account list --all',
    'az account set --subscription',
    'az account show --subscription',
    'az ad app create --display-name',
    'az ad app federated-credential create --id --parameters',
    'az ad app delete --id',
    'az ad app federated-credential delete --id --federated-credential-id',
    'az ad app owner list --id',
    'az ad app federated-credential list --id',
    'az ad app list --display-name --filter',
    'az ad sp create --id',
    'az ad sp list --filter',
    'az ad sp owner list --id',
    'az ad sp show --id',
    'az ad sp update --id --set',
    'az aks check-acr --subscription -g -n --acr',
    'az aks command invoke --resource-group -g --name -n --command --file --no-wait --subscription',
    'az aks command result --resource-group -g --name -n --command-id --subscription',
    'az aks list -g --subscription',
    'az aks nodepool list --cluster-name -g --subscription',
    'az aks nodepool scale --cluster-name -g --name --node-count --subscription',
    'az aks show --resource-group -g --name -n --subscription',
    'az aks start --resource-group -g --name -n --subscription',
    'az aks update --subscription -g -n --attach-acr --enable-run-command ' +
      '--disable-run-command --resource-group --name',
    'az cloud set --name',
    'az identity create --subscription --resource-group --name --tags',
    'az identity delete --subscription --resource-group --name',
    'az identity show --subscription --resource-group --name',
    'az identity federated-credential delete --identity-name --resource-group --name --yes',
    'az identity federated-credential list --subscription --identity-name --resource-group',
    'az identity federated-credential create --subscription --identity-name --resource-group --name ' +
      '--issuer --subject --audiences',
    'az deployment group create --resource-group --template-file --parameters',
    'az identity list --resource-group --subscription',
    'az identity list-resources --resource-group --name',
    'az lock delete --ids',
    'az lock list --subscription',
    'az login --tenant',
    'az monitor activity-log list --resource-id --offset --max-events',
    'az policy assignment list --disable-scope-strict-match --scope',
    'az provider show --namespace --subscription',
    'az resource update --ids',
    'az rest --method --url',
    'az role assignment create --subscription --assignee --assignee-object-id --assignee-principal-type ' +
      '--role --scope',
    'az role assignment delete --assignee --ids --role --scope',
    'az role assignment list --subscription --all --include-groups --assignee --scope --include-inherited',
    'az role definition create --subscription --role-definition',
    'az role definition delete --name',
    'az role definition list --subscription --name --scope --custom-role-only',
    'az role definition update --role-definition',
    'gh api --jq --method --silent --paginate --field --raw-field',
    'gh issue create --title --body --repo',
    'gh run list --repo --created',
    'gh variable delete --repo --env',
    'gh variable list --repo --env',
    'gh variable set --repo --env --body',
  ].map((line) => {
    const [name = ''] = line.split(/ -/, 1);
    const options = line.slice(name.length).trim().split(' ');
    return [name, name.startsWith('az ') ? [...options, '--output', '--query'] : options];
  }),
);

/** The commands in a script, including those inside quotes and substitutions. */
export function commandsOf(script: string): Command[] {
  const joined = script
    .replaceAll(/\\\n/g, ' ')
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/<<'?(\w+)'?\n[\s\S]*?^\1$/gm, '');
  const starts = new RegExp(String.raw`(?:^|[\s;&|("'])(${TOOLS.join('|')}) ([^\n|;&)]*)`, 'gm');
  return [...joined.matchAll(starts)].flatMap(([, tool = '', rest = '']) => {
    const nested = rest.search(new RegExp(String.raw`[\s("'](?:${TOOLS.join('|')}) `));
    const own = nested < 0 ? rest : rest.slice(0, nested);
    const tokens = own.replace(/["']$/, '').split(/\s+/);
    const end = tokens.findIndex((token) => !/^[a-z][a-z-]*$/.test(token));
    const words = end < 0 ? tokens : tokens.slice(0, end);
    const options = tokens.flatMap((token) => /^--?[a-z][a-z-]*/.exec(token)?.[0] ?? []);
    return [{ tool, words, options }, ...commandsOf(rest)];
  });
}

/** The subcommands and options of a command that its tool doesn't have. */
export async function problemsOf({ tool, words, options }: Command): Promise<string[]> {
  if (tool === 'kubectl' || tool === 'helm') return problemsByHelp(tool, words, options);
  const [name, known] =
    [...KNOWN]
      .filter(([start]) => `${[tool, ...words].join(' ')} `.startsWith(`${start} `))
      .sort(([one], [other]) => other.length - one.length)[0] ?? [];
  const unknown = (command: string) =>
    `unknown: ${command} (if ${tool} has it, add it to KNOWN in __tests__/docs/commands.ts)`;
  if (name === undefined) return [unknown([tool, ...words].join(' '))];
  return options
    .filter((option) => !known?.includes(option))
    .map((option) => unknown(`${name} ${option}`));
}

type Help = { readonly options: ReadonlySet<string>; readonly isGroup: boolean };

const HELP = new Map<string, Help | undefined>();

/** Asks kubectl and helm themselves, if they run on this machine. */
async function problemsByHelp(
  tool: string,
  words: readonly string[],
  options: readonly string[],
): Promise<string[]> {
  const folder = await toolFolder();
  if (folder === undefined) return [];
  const binary = path.join(folder, tool);
  let known: Help | undefined;
  let depth = 0;
  while (depth < words.length && (known?.isGroup ?? true)) {
    const found = helpOf(binary, words.slice(0, depth + 1));
    if (!found) break;
    known = found;
    depth += 1;
  }
  if (!known) return [`unknown: ${[tool, ...words].join(' ')}`];
  const globals = tool === 'kubectl' ? helpOf(binary, ['options']) : undefined;
  const name = [tool, ...words.slice(0, depth)].join(' ');
  return options
    .filter(
      (option) =>
        option.startsWith('--') &&
        !known.options.has(option) &&
        globals?.options.has(option) !== true &&
        option !== '--help',
    )
    .map((option) => `unknown: ${name} ${option}`);
}

function helpOf(binary: string, subcommand: readonly string[]): Help | undefined {
  const key = [binary, ...subcommand].join(' ');
  if (!HELP.has(key)) {
    let text = '';
    try {
      const args = subcommand[0] === 'options' ? subcommand : [...subcommand, '--help'];
      text = execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      // No such subcommand.
    }
    const options = new Set(text.match(/--[a-z][a-z-]*/g));
    HELP.set(
      key,
      options.size > 0 ? { options, isGroup: /^Available Commands:/m.test(text) } : undefined,
    );
  }
  return HELP.get(key);
}
