import { marked, type Token, type Tokens } from 'marked';

/** Markdown on a terminal, about as GitHub's page shows it: what is folded stays folded, and says so. */

const style = (code: number) => (text: string) => `\u001B[${code}m${text}\u001B[0m`;
const bold = style(1);
const dim = style(2);
const italic = style(3);
const underline = style(4);

/** @returns lines for a terminal that knows the styles of ANSI. */
export function showMarkdown(text: string): string {
  // Nothing but this renderer moves the cursor or colors the text.
  const printable = text.replaceAll(/[^\P{Cc}\n\t]/gu, '�');
  return blocks(marked.lexer(foldDetails(printable))).join('\n\n');
}

/** The body of `<details>` is not seen until somebody opens it. */
function foldDetails(text: string): string {
  const opened = text.replaceAll(/<details open>/g, '');
  return opened.replaceAll(/<details><summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1');
}

function blocks(tokens: readonly Token[]): string[] {
  return tokens.map(block).filter((text) => text !== '');
}

function block(token: Token): string {
  if (isList(token)) {
    const items = token.items.map((item) => blocks(item.tokens).join('\n').replaceAll('\n', '\n  '));
    return items.map((item) => `• ${item}`).join('\n');
  }
  if (isTable(token)) return tableOf(token);
  switch (token.type) {
    case 'heading':
      return bold(inline(token));
    case 'paragraph':
    case 'text':
      return inline(token);
    case 'code':
      return dim(textOf(token).replaceAll(/^/gm, '│ '));
    case 'blockquote':
      return blocks(childrenOf(token) ?? [])
        .join('\n')
        .replaceAll(/^/gm, '┃ ');
    case 'hr':
      return dim('────────');
    case 'html':
      return token.raw.replaceAll(/<[^>]*>/g, '').trim();
    default:
      return '';
  }
}

const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';
const childrenOf = (token: Token): readonly Token[] | undefined => ('tokens' in token ? token.tokens : undefined);

function tableOf({ header, rows }: Tokens.Table): string {
  const all = [header, ...rows].map((row) => row.map(({ tokens }) => tokens.map(plain).join('')));
  const widths = header.map((_cell, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line, index) => (index === 0 ? bold(line) : line)).join('\n');
}

const plain = (token: Token): string => childrenOf(token)?.map(plain).join('') ?? textOf(token);

function inline(token: Token): string {
  const inner = childrenOf(token)?.map(inline).join('') ?? textOf(token);
  switch (token.type) {
    case 'strong':
      return bold(inner);
    case 'em':
      return italic(inner);
    case 'link':
      return underline(inner);
    case 'codespan':
      return dim(inner);
    case 'br':
      return '\n';
    case 'html':
      return '';
    default:
      return inner;
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function textOf(token: Token): string {
  const text = 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
  return token.type === 'code'
    ? text
    : text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (all, name: string) => entities[name] ?? all);
}
