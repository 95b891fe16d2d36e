/**
 * How CommonMark reads lines, as far as fences go: blocks of code, and whatever is outside of them.
 * An opening fence has three backticks or more, and no backtick after them. Its block ends at a
 * line of at least as many and nothing else.
 */
export function readFences(markdown: string): { code: string[]; outside: string } {
  const code: string[] = [];
  const outside: string[] = [];
  let open: { length: number; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const [, ticks = '', rest = ''] = /^ {0,3}(`{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (ticks !== '' && !rest.includes('`')) open = { length: ticks.length, lines: [] };
      else outside.push(line);
    } else if (ticks.length >= open.length && rest.trim() === '') {
      code.push(open.lines.map((text) => `${text}\n`).join(''));
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  if (open) code.push('NEVER CLOSED');
  return { code, outside: outside.join('\n') };
}

/** The parts of a Markdown text that are neither in a fenced block nor in a code span. */
export function outsideCode(markdown: string): string {
  return readFences(markdown).outside.replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, '');
}
