import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { marked } from 'marked';
import { failedDeploy } from './screenshots/failed-deploy.ts';
import { MATRIX, SUMMARIES } from './screenshots/summaries.ts';

/**
 * Pictures of the documents and of the summary of a real run, as GitHub shows them: all of them in `.demo/`, to be looked
 * at, and the summary's in `docs/images/`, for the README. Names as arguments take only those.
 */

type Theme = 'light' | 'dark';

const root = path.resolve(import.meta.dirname, '..');
const browser = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((found) => found !== undefined);
const stylesheets = {
  light: import.meta.resolve('github-markdown-css/github-markdown-light.css'),
  dark: import.meta.resolve('github-markdown-css/github-markdown-dark.css'),
};
const widths = { desktop: 1012, phone: 390 };
const background = { light: '#ffffff', dark: '#0d1117' };
const border = { light: '#d1d9e0', dark: '#3d444d' };

function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function page(markdown: string, theme: Theme, folder: string, bordered: boolean): string {
  const css = readFileSync(fileURLToPath(stylesheets[theme]), 'utf8');
  // GitHub chooses by the reader's theme, the picture by the one that is asked for.
  const chosen = markdown.replaceAll(/<source media="\(prefers-color-scheme: (\w+)\)"/g, (whole, scheme: string) =>
    scheme === theme ? '<source' : whole.replace(/\(.*\)/, 'not all'),
  );
  const html = marked.parse(chosen, { async: false, gfm: true });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><base href="${pathToFileURL(folder).href}/">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${css}
body { margin: 0; background: ${background[theme]} }
.markdown-body { padding: 24px${bordered ? `; border: 1px solid ${border[theme]}` : ''} }
.markdown-body table { display: block; width: max-content; max-width: 100%; overflow: auto }</style></head>
<body><article class="markdown-body">${html}</article>
<script>document.documentElement.dataset.height = document.body.offsetHeight;
document.documentElement.dataset.width = document.documentElement.scrollWidth</script></body></html>`;
}

function chromium(program: string, ...args: string[]): string {
  const profile = mkdtempSync(path.join(tmpdir(), 'screenshots-'));
  try {
    const quiet = [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--hide-scrollbars',
      '--allow-file-access-from-files',
    ];
    const offline = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
    const options = ['--headless', '--no-sandbox', ...quiet, ...offline, `--user-data-dir=${profile}`];
    return execFileSync(program, [...options, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Takes a picture of a whole page, and says where it is wider than its window. */
function shoot(
  program: string,
  markdown: string,
  theme: Theme,
  width: number,
  folder: string,
  picture: string,
  bordered = false,
): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'screenshots-'));
  try {
    const file = path.join(scratch, 'page.html');
    // A headless window has a least width, so a narrow page stands in a frame.
    writeFileSync(file, page(markdown, theme, folder, bordered));
    const frame = path.join(scratch, 'frame.html');
    writeFileSync(
      frame,
      `<style>body{margin:0;background:${background[theme]}}iframe{border:0;width:${width}px;height:100vh}</style><iframe src="page.html"></iframe>
<script>onload = () => { const { dataset } = frames[0].document.documentElement;
Object.assign(document.documentElement.dataset, dataset) }</script>`,
    );
    const url = pathToFileURL(frame).href;
    const dom = chromium(
      program,
      '--dump-dom',
      '--virtual-time-budget=2000',
      `--window-size=${Math.max(width, 500)},800`,
      url,
    );
    const measure = (name: string) => Number(new RegExp(`data-${name}="(\\d+)"`).exec(dom)?.[1] ?? 0);
    const height = Math.min(16_000, Math.max(100, measure('height')));
    if (measure('width') > width) process.stdout.write(`${picture} is wider than its window\n`);
    const size = `--window-size=${Math.max(width, 500)},${height}`;
    chromium(program, `--screenshot=${picture}`, size, '--virtual-time-budget=2000', url);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (browser === undefined) {
  process.stderr.write(
    'This needs Chromium or Chrome on PATH. On Debian and Ubuntu: sudo apt-get install chromium fonts-noto-color-emoji\n',
  );
  process.exitCode = 1;
} else {
  execFileSync(process.execPath, [path.join(root, 'scripts', 'demo.ts')], { cwd: root, stdio: 'ignore' });
  const summary = readFileSync(path.join(root, '.demo', 'summary.md'), 'utf8');
  const failed = await failedDeploy(root);
  const summaries = { ...SUMMARIES, summary, matrix: MATRIX, 'failed-deploy': failed };
  const documents = ['README.md', ...readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'))];
  const wanted = process.argv.slice(2);
  const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
  for (const theme of ['light', 'dark'] as const) {
    const pictures = { summary, 'failed-deploy': failed };
    for (const [name, markdown] of Object.entries(pictures).filter(([name]) => isWanted(name))) {
      shoot(browser, markdown, theme, 820, root, path.join(root, 'docs', 'images', `${name}-${theme}.png`), true);
    }
    for (const [device, width] of Object.entries(widths)) {
      for (const [name, markdown] of Object.entries(summaries).filter(([name]) => isWanted(name))) {
        shoot(browser, markdown, theme, width, root, path.join(root, '.demo', `${name}-${device}-${theme}.png`));
      }
      for (const name of documents.filter(isWanted)) {
        const file = path.join(root, name === 'README.md' ? '' : 'docs', name);
        const picture = path.join(root, '.demo', `${path.basename(name, '.md')}-${device}-${theme}.png`);
        shoot(browser, readFileSync(file, 'utf8'), theme, width, path.dirname(file), picture);
      }
    }
  }
}
