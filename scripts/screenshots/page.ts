import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { marked } from 'marked';

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
export type Theme = keyof typeof THEMES;

/**
 * A page that shows Markdown as GitHub does.
 *
 * @param folder what relative links and pictures are relative to
 */
export function asGitHubShows(markdown: string, theme: Theme, folder: string): string {
  const { background, css } = THEMES[theme];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="${pathToFileURL(folder).href}/">
<style>
${readFileSync(fileURLToPath(css), 'utf8')}
:root { color-scheme: ${theme} }
body { margin: 0; background: ${background} }
</style>
</head>
<body>
<article class="markdown-body" style="padding: 24px">
${marked.parse(withPictures(markdown, theme), { async: false, gfm: true })}
</article>
<script>document.documentElement.dataset.height = document.body.offsetHeight</script>
</body>
</html>`;
}

/** GitHub chooses a picture by the reader's theme. In a page of one theme, it is that theme's. */
function withPictures(markdown: string, theme: Theme): string {
  return markdown.replaceAll(
    /<source media="\(prefers-color-scheme: (\w+)\)"/g,
    (whole, scheme: string) => (scheme === theme ? '<source' : whole.replace(/\(.*\)/, 'not all')),
  );
}
