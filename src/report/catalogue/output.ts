import { resourceId, type ManagedCluster } from '../../azure/managed-cluster.ts';
import { nearestPath } from '../../text/nearest.ts';
import { capitalized, say, type Text } from '../../text/say.ts';
import type { Remedy } from '../message.ts';
import { sh, type Paste } from '../paste.ts';
import type { Known } from './known.ts';
import { principalOf } from './remedies.ts';
import { row } from './row.ts';

// Hints about the command's output, and only those that a `run:` step on the runner would not need.
// Either the pod or the private cluster differs from a runner (files, folders, and programs that are
// not there, egress, permissions, the default namespace, the pod's own kubeconfig, an API server
// that these users cannot reach to look for themselves), or this action is the cause (`.git` is not
// sent, executable bits and line endings from Windows, lines of the command that YAML joined). What
// kubectl or helm says on any machine is quoted, and needs no row.

/**
 * The resource must be a Kubernetes name. Anything else in its place may be a sentence that a pod
 * made up.
 */
const DENIED = String.raw`cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?`;

type Denied = Record<'verb' | 'kind', string> & { readonly namespace?: string };

function isReading({ verb }: Denied): boolean {
  return /^(?:get|list|watch)$/.test(verb);
}

/** The role of Azure RBAC for Kubernetes that has the permission. */
function azureRole(denied: Denied): string {
  const inNamespace = isReading(denied) ? 'Reader' : 'Writer';
  const role = denied.namespace === undefined ? 'Cluster Admin' : inNamespace;
  return `Azure Kubernetes Service RBAC ${role}`;
}

/** The scope of that role: the cluster, or one of its namespaces. */
function roleScope({ namespace }: Denied, cluster: ManagedCluster): string {
  const id = resourceId(cluster);
  return namespace === undefined ? id : `${id}/namespaces/${namespace}`;
}

/** How to bind a role of Kubernetes. Its own roles don't include kinds without a namespace. */
function bind(denied: Denied, subject: string): Remedy {
  const { verb, kind, namespace } = denied;
  if (namespace === undefined) {
    return [
      sh`kubectl create clusterrole aks-run-command --verb=${verb} --resource=${kind}`,
      sh`kubectl create clusterrolebinding aks-run-command --clusterrole=aks-run-command --${subject}`,
    ];
  }
  const role = isReading(denied) ? 'view' : 'edit';
  return [
    sh`kubectl create rolebinding aks-run-command --namespace=${namespace} --clusterrole=${role} --${subject}`,
  ];
}

function nothingSent({ packed }: Known): Text | undefined {
  return packed?.files.length === 0 ? say`No files were sent.` : undefined;
}

/** The sent file or folder that a path most likely means. */
function nearTo(path: string, known: Known): string | undefined {
  return nearestPath(path, sentPaths(known));
}

/** The files that were sent, and each folder that contains one of them. */
function sentPaths({ packed }: Known): string[] {
  const files = packed?.files.map(({ path }) => path) ?? [];
  const folders = files.flatMap((file) => {
    const names = file.split('/').slice(0, -1);
    return names.map((_name, at) => names.slice(0, at + 1).join('/'));
  });
  return [...files, ...new Set(folders)];
}

/** The folder at the top of a path, or the path itself if it leads elsewhere. */
function topFolder(path: string): string {
  const [, top] = /^(?:\.\/)?([^./][^/]*)\//.exec(path) ?? [];
  return top === undefined ? path : `${top}/`;
}

/** What is known about a path that was not found. */
function sendIt(known: Known, path: string): Remedy {
  const { input, inputs, packed } = known;

  const plain = path.replaceAll(/^(?:\.\/)+|\/$/g, '');
  if (sentPaths(known).includes(plain)) {
    return [
      say`
        It was sent. The command finds it by its path below ${input('working-directory')}, unless it
        changes the folder with ${'cd'}.
      `,
    ];
  }

  const near = nearTo(path, known);
  if (near !== undefined) {
    const isFile = packed?.files.some(({ path }) => path === near);
    const isDeeperFile = isFile && near.endsWith(`/${plain}`);
    return [
      say`
        Did you mean ${near}? The command refers to files by their path below
        ${input('working-directory')}.
      `,
      isDeeperFile &&
        say`
          ${'az aks command invoke'} puts all files into one folder. Here each file keeps its path.
        `,
    ];
  }

  return [
    nothingSent(known),
    say`
      Add it to ${input('files')}, and use its path below ${input('working-directory')} in the
      command:
    `,
    inputs({ files: path }),
  ];
}

/** How to get a file, a chart, or a remote base into the pod without egress. */
function sendDownload({ input, words }: Known): Remedy {
  return [
    say`
      Pods in a private cluster often cannot reach the internet. Download what the command needs on
      ${words.runner} first, and send it with ${input('files')}. For a chart or a remote base:
    `,
    sh`helm pull CHART --untar`,
    sh`kubectl kustomize URL > rendered.yaml`,
  ];
}

/** How to look for an object in the namespace that it is in. */
function lookElsewhere({ inputs }: Known, list: Paste): Remedy {
  return [
    say`If the command names no namespace, kubectl and helm look in ${'default'}. To find it:`,
    list,
    say`To look in another namespace:`,
    inputs({ namespace: 'NAMESPACE' }),
  ];
}

const LINE_ENDINGS = [
  say`
    It may have Windows line endings (CRLF), or its first line may name an interpreter that the pod
    does not have. To fix the line endings, run this, and commit the changes:
  `,
  sh`echo '*.sh text eol=lf' >> .gitattributes`,
  sh`git add --renormalize .`,
];

/** Errors that a line of output can show. The first row that fits wins. */
export const OUTPUT = [
  row(
    'service-account-forbidden',
    {
      text: new RegExp(
        `is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`,
      ),
    },
    (_known, denied: Denied) => ({
      line: say`The pod's service account cannot ${`${denied.verb} ${denied.kind}`}`,
      section: 'kubernetes-forbidden',
      remedy: [
        say`Each command has a service account of its own. Bind a role to all of them:`,
        ...bind(denied, 'group=system:serviceaccounts:aks-command'),
      ],
    }),
  ),
  row(
    'kubernetes-forbidden',
    { text: new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`) },
    (known, denied: Denied) => ({
      line: say`The identity cannot ${`${denied.verb} ${denied.kind}`} in the cluster`,
      section: 'kubernetes-forbidden',
      remedy: [
        say`
          Grant a role of Azure RBAC for Kubernetes that has this permission: Reader, Writer, or
          Admin for a namespace, or Cluster Admin for resources that have no namespace.
        `,
        sh`az role assignment create --assignee ${principalOf(known)} --role ${azureRole(denied)} --scope ${roleScope(denied, known.cluster)}`,
        say`
          If the cluster uses Kubernetes RBAC instead, have a cluster admin bind a role. The first
          command shows the ${'OBJECT_ID'}:
        `,
        sh`az ad sp show --id ${principalOf(known)} --query id --output tsv`,
        ...bind(denied, 'user=OBJECT_ID'),
      ],
    }),
  ),
  row(
    'kubernetes-unauthorized',
    {
      text: /^(?:[Ee]rror: )*You must be logged in to the server|^Error from server \(Unauthorized\)|^Error: .*the server has asked for the client to provide credentials$/,
    },
    {
      line: say`The API server did not accept the credentials of the pod`,
      remedy: [
        say`
          The pod has a kubeconfig of its own. Unset ${'KUBECONFIG'}, and leave out
          ${'--kubeconfig'} and ${'--token'}. A command that runs for hours may outlive its token.
        `,
      ],
    },
  ),
  row(
    'joined-lines',
    {
      text: /^error: Unexpected args: \[(?:kubectl|helm)\b|\(NotFound\): [\w.]{1,100} "(?:kubectl|helm)" not found/,
    },
    ({ isStep }) => ({
      line: say`The lines of the command were joined into one`,
      remedy: [
        isStep
          ? say`In YAML, ${'command: >'} joins the lines. ${'command: |'} keeps the line breaks.`
          : say`Quote the command as a whole, so that your shell keeps its line breaks.`,
      ],
    }),
  ),
  // Before the rows about paths, because a path may end in a carriage return, which bash and GNU
  // tools quote. Without one, dash and busybox refuse an option that consists of nothing else.
  row(
    'line-endings',
    {
      text: /: \S{1,300}: cannot execute: required file not found$|: \S{1,300}: bad interpreter|\r(?!$)|\\r['"’]|[Ii]llegal option -$|illegal option -o pipefail$/,
    },
    {
      line: say`The script cannot run: its line endings or its interpreter are wrong`,
      remedy: LINE_ENDINGS,
    },
  ),
  row(
    'namespace-not-found',
    { text: /namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/ },
    (_known, { namespace }: Record<'namespace', string>) => ({
      line: say`The cluster has no namespace ${namespace}`,
      remedy: [
        say`If it may be missing, create it in the command, which needs the permission to do so:`,
        sh`kubectl create namespace ${namespace} --dry-run=client --output yaml | kubectl apply --filename -`,
        sh`helm upgrade --install RELEASE CHART --namespace ${namespace} --create-namespace`,
      ],
    }),
  ),
  row(
    'resource-not-found',
    {
      text: /^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/,
      inDefault: true,
    },
    (known, { kind, name }: Record<'kind' | 'name', string>) => ({
      line: say`kubectl found no ${`${kind}/${name}`}`,
      section: 'resource-not-found',
      remedy: [...lookElsewhere(known, sh`kubectl get ${kind} --all-namespaces`)],
    }),
  ),
  row(
    'helm-release-not-found',
    {
      text: /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:[a-z0-9.-]{1,100}: )?release: not found$/,
      inDefault: true,
    },
    (known) => ({
      line: say`helm found no such release in this namespace`,
      section: 'resource-not-found',
      remedy: [...lookElsewhere(known, sh`helm list --all-namespaces`)],
    }),
  ),
  row(
    'no-plugin',
    { text: /^[Ee]rror: unknown command "(?<name>[^"]{1,100})" for "(?<program>kubectl|helm)"$/ },
    ({ input, words }, { name, program }) => ({
      line: say`${program} has no command ${name}`,
      remedy: [
        say`
          If it is a plugin, the pod does not have it. Run it on ${words.runner}, and send its
          result with ${input('files')}.
        `,
      ],
    }),
  ),
  row(
    'not-ready',
    {
      text: /^[Ee]rror: (?:timed out waiting for the condition|deployment "[^"]{1,253}" exceeded its progress deadline|.*resource \w{1,100}\/(?<namespace>[a-z0-9-]{1,63})\/\S{1,253} not ready\. status: |[A-Z]{1,20} FAILED: .*(?:timed out waiting for the condition|context deadline exceeded|would exceed context deadline)$)/,
    },
    (known, { namespace = known.namespace ?? 'NAMESPACE' }) => ({
      line: say`What the command waited for did not become ready`,
      remedy: [
        say`
          A pod did not start or become ready, or a Job did not complete, within the timeout of the
          command or the ${'progressDeadlineSeconds'} of a Deployment. The cluster may not be able
          to reach the registry of an image. To see why:
        `,
        sh`kubectl get pods,events --namespace ${namespace}`,
        sh`kubectl describe pod POD --namespace ${namespace}`,
        sh`kubectl logs POD --namespace ${namespace} --all-containers`,
        say`If a container has restarted, add ${'--previous'} to the last command.`,
        known.isStep &&
          say`
            Run this in a later step with ${'if: failure()'}, because the script stops at its first
            failure.
          `,
      ],
    }),
  ),
  row(
    'helm-dependencies',
    {
      text: /helm dependency build|missing in charts\/ directory: |no repository definition for |no cached repo.{0,10} helm-manager-/,
    },
    ({ inputs, words }) => ({
      line: say`The helm chart lacks its dependencies`,
      remedy: [
        say`Download them on ${words.runner} first:`,
        sh`helm dependency build CHART`,
        say`Then send the chart, with its folder ${'charts/'}:`,
        inputs({ files: 'CHART/' }),
      ],
    }),
  ),
  row(
    'helm-repository',
    { text: /^Error: (?:[A-Z]{1,20} FAILED: )?(?:repo [\w.-]{1,100} not found|no cached repo)/ },
    (known) => ({
      line: say`helm found no such repository or chart folder`,
      section: 'no-egress',
      remedy: [
        say`
          If the chart is a folder, check its path, and send it with ${known.input('files')}.
          Repositories that were added on ${known.words.runner} are not in the pod.
        `,
        ...sendDownload(known),
      ],
    }),
  ),
  row(
    'helm-path',
    {
      text: /^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:unable to detect chart at \S{1,300}: )?(?:open |path "|non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found|$)/,
    },
    (known, { path }: Record<'path', string>) => ({
      line: say`helm found no file or chart ${path}`,
      remedy: [...sendIt(known, path)],
    }),
  ),
  row(
    'no-context',
    {
      text: /(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/,
    },
    (_known, { context }) => ({
      line: say`The pod has no kubectl context ${context}`,
      remedy: [
        say`
          The pod is already connected to the cluster. Leave out ${'--context'},
          ${'kubectl config use-context'}, and ${'az aks get-credentials'}.
        `,
      ],
    }),
  ),
  row(
    'no-egress',
    {
      text: /(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/,
    },
    (known, { host }) => ({
      line: say`The pod cannot resolve the host ${host}`,
      section: 'no-egress',
      remedy: sendDownload(known),
    }),
  ),
  // kubectl says the same of a URL as of the API server.
  row(
    'connection-failed',
    {
      text: /^Unable to connect to the server: |^The connection to the server \S{1,300} was refused|[Kk]ubernetes cluster unreachable|dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/,
    },
    (known) => ({
      line: say`A connection from the pod failed`,
      section: 'no-egress',
      remedy: [
        say`
          If it is to the API server, the cluster may be starting or upgrading. Run the command
          again later. If it is to a URL or a registry, a firewall may block it.
        `,
        ...sendDownload(known),
      ],
    }),
  ),
  row(
    'kubectl-path',
    { text: /^error: the path "(?<path>[^"]{1,300})" does not exist$/ },
    (known, { path }: Record<'path', string>) => ({
      line: say`kubectl could not find ${path}`,
      remedy: [...sendIt(known, path)],
    }),
  ),
  row(
    'kubectl-no-manifests',
    { text: /^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/ },
    (known, { path }) => ({
      line: say`kubectl found no manifests in ${path}`,
      remedy: [
        nothingSent(known),
        say`
          Each file keeps its path, and kubectl reads only the files directly in a folder. Name the
          folder that has the manifests, add ${'--recursive'}, or, for a kustomization, use
          ${'--kustomize'}:
        `,
        sh`kubectl apply --filename k8s/ --recursive`,
        sh`kubectl apply --kustomize k8s/overlays/production`,
      ],
    }),
  ),
  row(
    'kustomize-path',
    {
      text: /evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
    },
    (known, { path }: Record<'path', string>) => {
      const near = nearTo(path, known);
      return {
        line: say`kustomize could not find ${path}`,
        remedy: [
          nothingSent(known),
          near !== undefined && say`Did you mean ${near}?`,
          say`
            Check the path. An overlay also needs its bases and components, so send the folder that
            contains all of them:
          `,
          known.inputs({ files: topFolder(path) }),
        ],
      };
    },
  ),
  row(
    'git-repository',
    { text: /^fatal: (?:not a git repository|detected dubious ownership)/ },
    ({ input, words }) => ({
      line: say`The files in the pod are not a Git repository`,
      remedy: [
        say`
          ${capitalized(words.action)} sends files without ${'.git'}. Run ${'git'} on
          ${words.runner}, and pass the result on with ${input('env')}.
        `,
      ],
    }),
  ),
  row(
    'permission-denied',
    { text: /: (?<path>\S{1,300}): Permission denied$/, exitCode: 126 },
    (_known, { path }: Record<'path', string>) => ({
      line: say`The file ${path} is not executable`,
      remedy: [
        say`Run it with ${'bash'}, or set its executable bit in Git:`,
        sh`bash ${path}`,
        sh`git update-index --chmod=+x ${path}`,
      ],
    }),
  ),
  row(
    'access-denied',
    {
      text: /: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Permission denied|Read-only file system)$/,
    },
    (_known, { path }) => ({
      line: say`The command has no permission for ${path}`,
      remedy: [
        say`
          The command does not run as root. Write below the working folder, ${'$HOME'}, or
          ${'/tmp'}.
        `,
      ],
    }),
  ),
  // bash tells a missing script from a missing interpreter. dash and busybox don't.
  row(
    'no-such-script',
    { text: /(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): not found$/ },
    (known, { path }: Record<'path', string>) => ({
      line: say`The shell found no file ${path}`,
      remedy: [
        ...sendIt(known, path),
        say`If it is there, the script cannot start.`,
        ...LINE_ENDINGS,
      ],
    }),
  ),
  row(
    'no-such-file',
    {
      text: /^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:cd: )?(?:line )?\d{1,9}: (?:cd: )?)(?:can't cd to |can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?(?:: (?:Cannot open: )?No such file(?: or directory)?|(?<=can't cd to \S{1,300}))$/,
    },
    (known, { path }: Record<'path', string>) => ({
      line: say`The command found no file or folder ${path}`,
      remedy: [
        ...sendIt(known, path),
        say`If the command writes to it, create its folder first, with ${'mkdir -p'}.`,
      ],
    }),
  ),
  row(
    'no-azure-cli',
    { text: /: (?<program>az|kubelogin|azd): (?:command )?not found$/ },
    ({ words }, { program }) => ({
      line: say`The pod has no ${program}, and is already signed in to the cluster`,
      remedy: [
        say`
          Leave out ${'az login'}, ${'az aks get-credentials'}, and ${'kubelogin'}. Run other
          ${'az'} commands on ${words.runner}.
        `,
      ],
    }),
  ),
  row(
    'file-command',
    {
      text: /(?:^|: )(?:GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|\$\{?GITHUB_(?:ENV|PATH|STATE)\}?: ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
    },
    ({ input }) => ({
      line: say`The command wrote to a file named by a variable that is not set in the pod`,
      remedy: [
        say`
          The pod has no ${'$GITHUB_ENV'}, ${'$GITHUB_PATH'}, or ${'$GITHUB_STATE'}: write
          ${'NAME=value'} to ${'$GITHUB_OUTPUT'} instead. For any other variable, add its name to
          ${input('env')}.
        `,
      ],
    }),
  ),
  row(
    'unbound-variable',
    {
      text: /(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/,
    },
    ({ inputs, words }, { name }) => ({
      line: say`The variable ${name} is not set in the pod`,
      remedy: [
        say`Variables of ${words.job} are not passed to the pod unless you list them:`,
        inputs({ env: name }),
        say`
          If the command can do without it, write ${'${NAME:-}'}, or a default:
          ${'${NAME:-default}'}.
        `,
      ],
    }),
  ),
  row(
    'bash-needed',
    {
      text: /(?:^|: )(?:\[\[|declare|let|mapfile|popd|pushd|readarray|shopt|source|typeset): not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$|Bad substitution$|bad substitution$|Illegal option -o pipefail$/,
    },
    ({ inputs }) => ({
      line: say`The command uses bash syntax, and sh ran it`,
      remedy: [say`Use bash:`, inputs({ shell: 'bash' })],
    }),
  ),
  // A name in capitals is rather a variable with spaces around its equals sign.
  row(
    'command-not-found',
    {
      text: /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env|tar \((?:grand)?child\))): '?‘?(?<program>(?![A-Z_][A-Z0-9_]{0,100}: )[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|Cannot exec: No such file or directory|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/,
    },
    ({ inputs, words }, { program }) => ({
      line: say`The pod has no program ${program}`,
      remedy: [
        say`
          Of the programs in AKS's image, Microsoft documents only kubectl, helm, jq, xargs, grep,
          and awk. Run the program on ${words.runner}, or send a static Linux build:
        `,
        inputs({ files: 'bin/tool', command: './bin/tool' }),
      ],
    }),
  ),
];

/** A kill is reported whatever the output says, since it ended the command. */
export const KILLED = row(
  'exit-code-137',
  { exitCode: 137 },
  {
    line: say`A process was killed (exit code 137, SIGKILL), probably out of memory`,
    section: 'exit-code-137',
    outcome: say``,
    remedy: [
      say`
        The pod has 1 GiB of memory, and files in ${'/dev/shm'} count as memory. Do less at once:
        fewer charts or manifests, less in parallel, results in files instead of variables.
      `,
    ],
  },
);
