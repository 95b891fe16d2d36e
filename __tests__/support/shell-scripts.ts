import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Scripts by the names that they have in reports of what is wrong with them. */
export type Scripts = readonly (readonly [name: string, text: string])[];

/** What the shell says about those that it cannot read, each under its name. */
export function unreadableScripts(scripts: Scripts, shell: 'sh' | 'bash' = 'sh'): string {
  return inFolder(scripts, `for file; do ${shell} -n "$file" 2>&1; done`);
}

/**
 * What shellcheck finds. Variables come from the lines before, or from the workflow; a runner's
 * bash, and the pod's sh -e, stop at errors. Single quotes keep a variable for the pod (SC2016). A
 * file that a line reads may not be there (SC1091).
 */
export function shellcheckFindings(scripts: Scripts, shell: 'sh' | 'bash' = 'sh'): string {
  const options = `--shell=${shell} --exclude=SC1091,SC2016,SC2034,SC2154 --format=gcc`;
  return inFolder(scripts, `shellcheck ${options} "$@" 2>&1`);
}

/**
 * One process looks at all of them, because a process starts slowly from one as large as Jest's.
 */
function inFolder(scripts: Scripts, line: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  try {
    const files = scripts.map(([name, text], index) => {
      const file = `${index} ${name.replaceAll('/', '-').slice(0, 80)}`;
      writeFileSync(join(folder, file), text);
      return file;
    });
    const { stdout, error } = spawnSync('sh', ['-c', line, 'sh', ...files], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (error) throw error;
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
