/** What this step sent or knows to be secret, so no message may quote it. */
export type Sent = ReturnType<typeof sentTexts>;

/** Tokens and zips have over 100 characters; words, paths, and hashes don't. A shorter token shows by its prefix. */
const SECRETS = /[\w+/.-]{100,}|(?<=Bearer |"clusterToken":"|client_assertion=)[\w+/.~-]{24,}/g;
/** Any 24 characters of a secret contain a whole block, even if a third isn't compared. No sentence contains one. */
const BLOCKS = /.{8}/g;

/**
 * Finds what was sent in any encoding of it, even one inside another: escapes of URLs, JSON, HTML, and logs, line
 * breaks, other punctuation between the same letters, and base64 or hexadecimal around all of it.
 *
 * @param values the values of `env`, which travel in the zip. Those under six characters occur in too many sentences.
 */
export function sentTexts(values: readonly string[]) {
  const secrets: string[] = [];
  const blocks = new Set<string>();
  // A value may look encoded itself.
  let hidden = values.flatMap(readings).filter(({ length }) => length >= 6);
  return {
    /** Remembers each token and each zip in a header or a body that is about to be sent. */
    remember(text: string) {
      secrets.push(...(text.match(SECRETS) ?? []));
    },
    /** A value of `env` is not secret if it is in a text that the log shows anyway, such as the cluster's name. */
    reveal(text: string) {
      const shown = readings(text);
      hidden = hidden.filter((value) => !shown.some((one) => one.includes(value)));
    },
    /** Whether text from a service or a gateway contains part of a token or of the zip, or a whole value of `env`. */
    isIn(text: string): boolean {
      // Digits alone, such as those of a version, also occur in dates and ids.
      const signless = hidden.map(lettersOf).filter((letters) => /^(?=.{6}).*\D/.test(letters));
      for (const secret of secrets.splice(0))
        for (const [block] of lettersOf(secret).matchAll(BLOCKS)) blocks.add(block);
      const undone = readings(text);
      return [...undone, ...undone.flatMap(decoded)].some((reading) => {
        const letters = lettersOf(reading);
        if (hidden.some((value) => reading.includes(value))) return true;
        if (signless.some((value) => letters.includes(value))) return true;
        return Array.from(letters).some((_, at) => blocks.has(letters.slice(at, at + 8)));
      });
    },
  };
}

/** In JSON, a line break may come between the backslash of an escape and its letter, or be escaped twice. */
const BREAKS = [/\s|\\[rnt]/g, /\s|(?<!\\)\\+[rnt]/g];

/** The text itself, and what it becomes as its encodings are undone, up to eight times. */
function readings(text: string): string[] {
  const found = new Set([text]);
  for (const breaks of BREAKS) {
    let last = text;
    for (let round = 0; round < 8; round++) {
      const next = undone(last, breaks);
      if (next === last) break;
      found.add((last = next));
    }
  }
  return [...found];
}

/** Undoes one round. Line breaks go first, since they may be inside another encoding. */
function undone(text: string, breaks: RegExp): string {
  return text
    .replaceAll(breaks, '')
    .replaceAll(/(?:(?:%|(?<!\\)\\+x)[0-9a-f]{2}|(?<!\\)\\+[0-3][0-7]{2})+/gi, bytesOf)
    .replaceAll(/(?<!\\)(?:%|\\+)u([0-9a-f]{4})/gi, (_all, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    )
    .replaceAll(/&#(x[0-9a-f]{1,6}|\d{1,7});?/gi, (_all, code: string) =>
      String.fromCharCode(Number(code.replace(/^x/i, '0x'))),
    )
    .replaceAll('&quot;', '"')
    .replaceAll(/&(?:(amp)|\w{2,8});/g, (_all, amp?: string) => (amp ? '&' : ''))
    .replaceAll(/(?<!\\)\\+(?=[/"'])/g, '');
}

/** Converts a row of bytes, each of two hexadecimal or three octal digits. */
function bytesOf(row: string): string {
  const codes = row.matchAll(/[0-9a-f]{2,3}/gi);
  return Buffer.from(
    Array.from(codes, ([code]) => parseInt(code, code.length === 2 ? 16 : 8)),
  ).toString();
}

/** Keeps the characters that all forms of base64 share and that no encoding of a text changes. */
function lettersOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '');
}

/** What the text says if part of it is base64 or hexadecimal. */
function decoded(text: string): string[] {
  const base64 = text.replaceAll(/[^\w+/-]/g, '');
  const hex = text.replaceAll(/0x|[^0-9a-f]/gi, '');
  const from = (start: number) => [
    Buffer.from(base64.slice(start), 'base64'),
    Buffer.from(hex.slice(start), 'hex'),
  ];
  return [0, 1, 2, 3].flatMap(from).map(String);
}
