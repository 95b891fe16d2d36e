import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { asGitHubShows, type Theme } from './screenshots/page.ts';
import { summaries } from './screenshots/summaries.ts';

/**
 * Takes pictures of the documents and of job summaries as GitHub shows them, light and dark, into
 * `.demo/`; and, for the README, of summaries of real deployments into `docs/images/`, which takes
 * five minutes. Needs `chromium` on PATH.
 */

const root = path.resolve(import.meta.dirname, '..');
const WIDTH = 1012;

function chromium(...args: string[]): string {
  const profile = mkdtempSync(path.join(tmpdir(), 'chromium-'));
  const options = [
    '--headless',
    '--no-sandbox',
    `--user-data-dir=${profile}`,
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--hide-scrollbars',
    // A busy machine would photograph a page that isn't painted yet.
    '--run-all-compositor-stages-before-draw',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--allow-file-access-from-files',
  ];
  const printed = execFileSync('chromium', [...options, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  return printed.toString();
}

/** @param folder what relative links and pictures are relative to */
function shoot(markdown: string, folder: string, picture: (theme: Theme) => string): void {
  for (const theme of ['light', 'dark'] as const) {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'page-')), 'page.html');
    writeFileSync(file, asGitHubShows(markdown, theme, folder));
    const url = pathToFileURL(file).href;
    const [, height = '800'] =
      /data-height="(\d+)"/.exec(chromium('--dump-dom', `--window-size=${WIDTH},800`, url)) ?? [];
    chromium(
      `--screenshot=${picture(theme)}`,
      `--window-size=${WIDTH},${Math.min(16_000, Number(height))}`,
      url,
    );
    rmSync(path.dirname(file), { recursive: true });
  }
}

if (spawnSync('chromium', ['--version']).error) {
  console.error(
    'It takes pictures with Chromium, and there is no `chromium` on your ' +
      'PATH. Install it (Debian: apt-get install chromium; macOS: brew install chromium), and ' +
      'run this again.',
  );
  process.exit(1);
}
mkdirSync(path.join(root, '.demo'), { recursive: true });
for (const [name, summary] of Object.entries(await summaries(root)))
  shoot(summary, root, (theme) => path.join(root, 'docs/images', `${name}-${theme}.png`));
for (const file of globSync(['README.md', 'docs/*.md', '__tests__/unit/report/golden/*.md'], {
  cwd: root,
})) {
  const name = path.basename(file, '.md');
  const folder = path.join(root, path.dirname(file));
  shoot(readFileSync(path.join(root, file), 'utf8'), folder, (theme) =>
    path.join(root, '.demo', `${name}-${theme}.png`),
  );
}
