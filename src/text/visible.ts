/**
 * What is not seen, or makes what is seen a lie: controls, line separators, format and bidirectional characters, all that
 * Unicode tells programs to ignore, halves of a pair, and the two marks of `VALUE_MARKS`. The one exception is the selector
 * that makes an emoji of the sign before it.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}\ue000\ue001]/gu;

/** The same but for a tab. */
const UNSEEN_IN_LINE = new RegExp(UNSEEN.source.replace('[', String.raw`(?!\t)[`), 'gu');

/**
 * Foreign text on one line, each character in it seen: what is not is written as `\u000a`. Whatever of foreign text is
 * quoted goes through here: a name, a value, a word of a service, and above all a command to paste. Only the command's
 * output, which is shown whole and fenced, does not.
 */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, escaped);
}

/** The same for text of several lines, which stay lines. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.replaceAll(UNSEEN_IN_LINE, escaped))
    .join('\n');
}

/**
 * What moves a cursor, sets colors or a title: an OSC with its end, a CSI, any other escape. Each part stops at the next
 * escape, so that no text is read twice: Node's `stripVTControlCharacters` takes a minute for 200 KiB of `ESC ]`.
 */
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

/** Text without what a terminal would act on and nobody would see. */
export function withoutEscapes(text: string): string {
  return text.replaceAll(ESCAPES, '');
}

/** By UTF-16 units, so that JSON and YAML read it as what it was. */
function escaped(character: string): string {
  let units = '';
  for (let index = 0; index < character.length; index += 1) {
    units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return units;
}
