import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { marked } from 'marked';
import { summaries } from './screenshots/summaries.ts';

/**
 * Takes pictures of the documents and of job summaries as GitHub shows them, light and dark, into
 * `.demo/`; and, for the README, of summaries of real deployments into `docs/images/`, which takes
 * five minutes. Needs `chromium` on PATH.
 */

const root = path.resolve(import.meta.dirname, '..');
const WIDTH = 1012;
const THEMES = {
  light: {
    background: '#ffffff',
    css: import.meta.resolve('github-markdown-css/github-markdown-light.css'),
  },
  dark: {
    background: '#0d1117',
    css: import.meta.resolve('github-markdown-css/github-markdown-dark.css'),
  },
} as const;
type Theme = keyof typeof THEMES;

function page(markdown: string, theme: Theme, folder: string): string {
  const { background, css } = THEMES[theme];
  // GitHub chooses a picture by the reader's theme. Here, it is the theme of the page.
  const themed = markdown.replaceAll(
    /<source media="\(prefers-color-scheme: (\w+)\)"/g,
    (whole, scheme: string) => (scheme === theme ? '<source' : whole.replace(/\(.*\)/, 'not all')),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="${pathToFileURL(folder).href}/">
<style>
${readFileSync(fileURLToPath(css), 'utf8')}
body { margin: 0; background: ${background} }
</style>
</head>
<body>
<article class="markdown-body" style="padding: 24px">
${marked.parse(themed, { async: false, gfm: true })}
</article>
<script>document.documentElement.dataset.height = document.body.offsetHeight</script>
</body>
</html>`;
}

function chromium(...args: string[]): string {
  const profile = mkdtempSync(path.join(tmpdir(), 'chromium-'));
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--hide-scrollbars',
    // A busy machine would photograph a page that isn't painted yet.
    '--run-all-compositor-stages-before-draw',
    '--disable-sync',
  ];
  const offline = [
    '--disable-background-networking',
    '--disable-component-update',
    '--allow-file-access-from-files',
  ];
  const options = [
    '--headless',
    '--no-sandbox',
    ...quiet,
    ...offline,
    `--user-data-dir=${profile}`,
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
    writeFileSync(file, page(markdown, theme, folder));
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
