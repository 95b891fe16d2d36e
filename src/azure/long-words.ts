/** Sentences have no words longer than this, but a zip in base64 is one, and so is a token. */
const LONGEST_WORD = 100;
/** If such a text was wrapped, several lines in a row are longer than this. */
const LONG_LINE = 60;
const LINES_IN_A_ROW = 3;
/** How many characters of a long word are shown. */
const SHOWN = 20;
const MAX_TEXT = 1500;

/** Long words that a sentence may well have, without the punctuation around them. */
const RESOURCE_ID = /^(?:\/[\w.()-]{1,90}){2,40}$/;
const IMAGE = /^[\w.:/-]{1,200}@sha256:[0-9a-f]{64}$/;
const URL_WITHOUT_QUERY = /^https?:\/\/[\w.:[\]-]{1,260}(?:\/[\w.~%()-]{0,90}){0,40}$/i;
const PUNCTUATION = /^["'`([{<]{1,5}|["'`)\]}>.,;:]{1,5}$/g;

/**
 * What a service said, so that a message that quotes it stays readable and gives nothing away.
 * Foreign text.
 */
export function clip(text: string): string {
  const words = shortenLongWords(text);
  return words.length > MAX_TEXT ? `${words.slice(0, MAX_TEXT)}…` : words;
}

/**
 * A service's message without what it may have unpacked or copied from the request: a word of more
 * than 100 characters, and each of three or more words in a row that have more than 60, is shown by
 * its first 20 characters and its length. Resource IDs, images with a digest, and URLs without a
 * query stay as they are.
 */
function shortenLongWords(text: string): string {
  // Words are at even positions, and the white space after each of them at odd ones.
  const parts = text.split(/(\s+)/);
  const words = parts.filter((_part, at) => at % 2 === 0);
  const spaces = parts.filter((_part, at) => at % 2 === 1);

  const isWrapped = inLongRows(words);
  const shown = words.map((word, at) => {
    const isLong = word.length > LONGEST_WORD || isWrapped[at] === true;
    return isLong && !isKnownForm(word) ? shortened(word) : word;
  });
  return shown.map((word, at) => word + (spaces[at] ?? '')).join('');
}

/** For each word, whether it is one of several long ones in a row. */
function inLongRows(words: readonly string[]): boolean[] {
  const isInRow = words.map(() => false);
  let start = 0;
  for (let at = 0; at <= words.length; at += 1) {
    const word = words[at];
    if (word !== undefined && word.length > LONG_LINE && !isKnownForm(word)) continue;
    if (at - start >= LINES_IN_A_ROW) isInRow.fill(true, start, at);
    start = at + 1;
  }
  return isInRow;
}

function isKnownForm(word: string): boolean {
  const bare = word.replaceAll(PUNCTUATION, '');
  return [RESOURCE_ID, IMAGE, URL_WITHOUT_QUERY].some((form) => form.test(bare));
}

function shortened(word: string): string {
  return `${word.slice(0, SHOWN)}… (${word.length} characters)`;
}

/** A text without the tokens that the step holds, whatever their letter case. */
export function withoutTokens(text: string, tokens: Iterable<string>): string {
  let safe = text;
  for (const token of tokens) {
    const literal = token.replaceAll(/[^A-Za-z0-9]/g, String.raw`\$&`);
    safe = safe.replaceAll(new RegExp(literal, 'gi'), '***');
  }
  return safe;
}
