/**
 * Characters that are invisible, or make visible text misleading: controls, line separators, format
 * and bidirectional characters, all that Unicode tells programs to ignore, and unpaired surrogates.
 * The only exception is the selector that turns the character before it into an emoji.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu;

/**
 * Untrusted text on one line, with every character visible: others are written like `\u000a`. All
 * untrusted text that is quoted goes through here: a name, a value, a service's words, and above
 * all a command to paste. The only exception is the command's output, which is shown whole and
 * fenced.
 */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, escaped);
}

/** The same for text with several lines, which stay separate lines. Tabs stay tabs. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n');
}

/**
 * Sequences that move a cursor, or set colors or a title: an OSC with its end, a CSI, any other
 * escape. Each part ends at the next escape, so no text is read twice: Node's
 * `stripVTControlCharacters` takes a minute for 200 KiB of these.
 */
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

/** Text without the sequences that a terminal would act on instead of showing them. */
export function withoutEscapes(text: string): string {
  return text.replaceAll(ESCAPES, '');
}

/**
 * The parts of a line that stay as they are, however it is shown: what its invisible characters
 * divide, once escape sequences are gone.
 */
export function partsAlwaysShown(line: string): readonly string[] {
  return withoutEscapes(line).split(UNSEEN);
}

/** Escapes each UTF-16 unit, so that JSON and YAML read the original character. */
export function escaped(character: string): string {
  let units = '';
  for (let index = 0; index < character.length; index += 1) {
    units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return units;
}
