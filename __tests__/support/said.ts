import { MESSAGES } from '../unit/messages/all-messages.ts';

type Part = { readonly condition: string | undefined; readonly text: string };

/**
 * A pattern for what a message says, whatever its words: a test names it, and messages.md words it.
 * It is the line of a message, or of a fragment its first sentences; with `which`, what has this
 * condition, this value, or these values.
 */
export function said(name: string, which?: string | Readonly<Record<string, string>>): RegExp {
  const [line, ...others] = MESSAGES.templates.get(name)?.paragraphs ?? [];
  const paragraphs = [line, ...(which === undefined ? [] : others)];
  const parts = paragraphs.flatMap((paragraph): readonly Part[] => paragraph?.parts ?? []);
  const values = typeof which === 'object' ? which : {};
  const names = typeof which === 'string' ? [which] : Object.keys(values);
  const texts = parts
    .filter(({ condition, text }) =>
      names.every((name) => condition === name || text.includes(`{${name}}`)),
    )
    .map(({ text }) => text);
  if (texts.length === 0) throw new Error(`messages.md does not say this: ${name}`);
  return new RegExp(texts.map((text) => patternOf(text, values)).join('|'));
}

/** A pattern for a headline: a state, or the name of a cluster, and the line of a message. */
export function headline(start: string, ...message: Parameters<typeof said>): RegExp {
  // A value must not take in the state.
  const line = said(...message).source.replaceAll('[^]+?', '[^·]+?');
  return new RegExp(`^${start}(?:${line})$`);
}

/** The pattern for a text of messages.md, in which placeholders are these values, or any. */
export function patternOf(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text
    .replace(/^Outcome: ?/, '')
    .replaceAll('\n', ' ')
    .split(/\{((?:--)?[A-Za-z][\w-]*)\}/)
    .map((part, at) => {
      if (at % 2 === 0) return escaped(part);
      const value = values[part];
      return value === undefined ? '[^]+?' : `\`?${escaped(value)}\`?`;
    })
    .join('');
}

/** A reason has no backticks. */
function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\]^{|}\\]/g, String.raw`\$&`).replaceAll('`', '`?');
}
