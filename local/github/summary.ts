import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { rehype } from 'rehype';
import rehypeSanitize from 'rehype-sanitize';

/** The job summary of a step. */
export type Summary = {
  /** The job and the step, as the run's page names them. */
  readonly title: string;
  readonly markdown: string;
};

/**
 * A page with the summaries of a run, as GitHub shows them: its colors, and what its sanitizer
 * leaves. A summary is untrusted, so the page itself also forbids scripts and everything that it
 * could load, except images, which GitHub shows, too.
 */
export function summaryPage(workflow: string, summaries: readonly Summary[]): string {
  const sections = summaries.map(
    ({ title, markdown }) => `<h1>${escaped(title)}</h1>\n${shown(markdown)}\n`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(workflow)}</title>
<style>
${readFileSync(CSS, 'utf8')}
:root { color-scheme: light dark }
body { margin: 0; background: light-dark(#ffffff, #0d1117) }
article { max-width: 1012px; margin: auto; padding: 24px }
</style>
</head>
<body>
<article class="markdown-body">
${sections.join('')}</article>
</body>
</html>
`;
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none'; base-uri 'none'";
const CSS = fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown.css'));

/** Its usual rules are GitHub's. */
const sanitizer = rehype().data('settings', { fragment: true }).use(rehypeSanitize);

function shown(markdown: string): string {
  try {
    const html = marked.parse(markdown, { async: false, gfm: true });
    return sanitizer.processSync(html).toString();
  } catch (error) {
    // A command can write quotes in quotes that are too deep for the stack.
    if (!(error instanceof RangeError)) throw error;
    return `<pre>${escaped(markdown)}</pre>`;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
