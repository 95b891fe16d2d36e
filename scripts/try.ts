import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalKubernetes, type LocalKubernetes } from '../local-kubernetes/index.ts';
import { rehearse, type RehearsalEvent } from './try/rehearsal.ts';
import { readWorkflow } from './try/workflow.ts';

const usage = `Usage: npm run try -- WORKFLOW.yml [CONTEXT.NAME=VALUE …] [--workspace FOLDER]

Runs the steps of a workflow that use this action, one after the other, against local-azure. Other steps are passed over.

  inputs.tag=2.9.0, secrets.KEY=…, vars.NAME=…, matrix.cluster=…
                      give a value to an expression of the workflow
  --workspace FOLDER  the checkout: the folder above .github unless told, else the one with the workflow
  --kubeconfig FILE   use the cluster of this file (kind, minikube, k3d) instead of the Kubernetes API in memory

The commands run for real, with this machine's rights. Only --kubeconfig reaches a real cluster: the variable KUBECONFIG
is ignored.
`;

const repository = path.resolve(import.meta.dirname, '..');

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { workspace: { type: 'string' }, kubeconfig: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [file, ...assignments] = positionals;
  if (file === undefined || values.help === true) {
    process.stdout.write(usage);
    return values.help === true;
  }
  if (!existsSync(path.join(repository, 'dist', 'index.js'))) throw new Error('There is no dist/. Run: npm run build');
  const workflow = readWorkflow(await readFile(file, 'utf8'));
  if (!workflow.jobs.some(({ steps }) => steps.some(({ kind }) => kind === 'ours'))) {
    throw new Error(`No step of ${file} uses OWNER/aks-run-command@… or ./`);
  }
  const folder = path.dirname(path.resolve(file));
  const workspace = values.workspace ?? folder.replace(/[\\/]\.github[\\/]workflows$/, '');

  const kubernetes = await provideKubernetes(values.kubeconfig);
  const summaries: string[] = [];
  const given = new Map(assignments.map(parseAssignment));
  const secrets = [...given].flatMap(([name, value]) => (name.startsWith('secrets.') && value !== '' ? [value] : []));
  try {
    return await rehearse({
      workflow,
      workspace: path.resolve(workspace),
      given,
      tell: (event) => {
        // GitHub masks the workflow's secrets before a line is shown.
        process.stdout.write(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), describe(event)));
        if (event.kind !== 'ran') return;
        summaries.push(event.result.summary);
        void event.result.clean();
      },
    });
  } finally {
    await kubernetes?.stop();
    const summaryFile = path.join(repository, '.demo', 'summary.md');
    await mkdir(path.dirname(summaryFile), { recursive: true });
    await writeFile(summaryFile, summaries.join('\n'));
    process.stdout.write(`\nThe job summary is in ${path.relative('.', summaryFile)}.\n`);
  }
}

/** Sets KUBECONFIG for the pods. Whatever it was before may be production, so only the option counts. */
async function provideKubernetes(file: string | undefined): Promise<LocalKubernetes | undefined> {
  const ignored = process.env['KUBECONFIG'];
  if (ignored) {
    process.stdout.write(`KUBECONFIG (${ignored}) is ignored. To use a real cluster: --kubeconfig FILE\n`);
  }
  if (file !== undefined) {
    if (!existsSync(file)) throw new Error(`--kubeconfig: there is no file ${file}`);
    process.env['KUBECONFIG'] = path.resolve(file);
    process.stdout.write(`The commands run against the cluster of ${file}, for real.\n`);
    return undefined;
  }
  const kubernetes = await startLocalKubernetes();
  process.env['KUBECONFIG'] = kubernetes.kubeconfig;
  process.stdout.write('The commands run against a Kubernetes API in memory.\n');
  return kubernetes;
}

function parseAssignment(text: string): [string, string] {
  const [, name, value] = /^((?:inputs|secrets|vars|matrix|env|github|needs|steps)\.[^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Error(`'${text}' is not of the form inputs.NAME=VALUE`);
  return [name, value];
}

function describe(event: RehearsalEvent): string {
  switch (event.kind) {
    case 'job': {
      const matrix = Object.values(event.matrix).join(', ');
      const which = matrix === '' ? event.id : `${event.id} (${matrix}, the only one of the matrix that runs here)`;
      return `\n== Job ${which}${event.runs ? '' : ': its condition does not hold, skipped'}\n`;
    }
    case 'passed-over':
      return event.why === 'condition'
        ? `-- ${event.step.name}: its condition does not hold, skipped\n`
        : `-- ${event.step.name}: not a step of this action, passed over\n`;
    case 'note':
      return `   Note: ${event.text}\n`;
    case 'begin':
      return `\n== Step ${event.step.name}\n`;
    case 'ran': {
      const { exitCode, log, outputs, stderr, summary } = event.result;
      const listed = Object.entries(outputs).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
      return `${log.shown}${stderr}\nOutputs\n${listed.join('')}\nSummary\n${summary.trim().replaceAll(/^/gm, '  ')}\n\nThe step ${
        exitCode === 0 ? 'succeeded' : 'failed'
      }.\n`;
    }
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
