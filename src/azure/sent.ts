/** What this step sent, or knows to be secret, and what no message may quote. */
export type Sent = {
  /** Remembers each token and each zip in a header or a body that is about to be sent. */
  remember(text: string): void;
  /** Whether a text of a service or a gateway holds a part of a token or of the zip, or a whole value of `env`. */
  isIn(text: string): boolean;
};

/** Tokens and zips are longer; words, paths, and hashes are not. */
const LONG = /[\w+/.-]{100,}/g;

/**
 * Two texts that share 24 characters share a whole block of 8 of the second, also when every third of these characters is none
 * that is compared. So short a block of random letters is in no sentence.
 */
const BLOCK = 8;

/** A value of `env` that is shorter is in too many sentences. */
const MIN_VALUE = 6;

/** How often one encoding may be wrapped in another. */
const MAX_ROUNDS = 8;

/**
 * Looks for what was sent in any encoding of it: percent-encoding, escapes of JSON, HTML entities, base64 that is wrapped, or
 * has the letters of URLs, also one inside another.
 *
 * @param values those of `env`, which travel in the zip
 */
export function sentTexts(values: readonly string[]): Sent {
  const secrets = new Set<string>();
  const whole = values.flatMap((value) => [value, withoutSpace(value)]).filter((value) => value.length >= MIN_VALUE);
  return {
    remember(text) {
      for (const [secret] of text.matchAll(LONG)) secrets.add(lettersOf(secret));
    },
    isIn(text) {
      return readings(text).some((reading) => {
        if (whole.some((value) => reading.includes(value))) return true;
        const letters = lettersOf(reading);
        return [...secrets].some((secret) => sharesBlock(letters, secret));
      });
    },
  };
}

function sharesBlock(letters: string, secret: string): boolean {
  for (let at = 0; at + BLOCK <= letters.length; at += BLOCK) {
    if (secret.includes(letters.slice(at, at + BLOCK))) return true;
  }
  return false;
}

/** The text, and what it stands for: each encoding undone, again and again. */
function readings(text: string): string[] {
  // A line break in JSON may stand between the backslash of an escape and its letter, or be escaped twice.
  return [/\s|\\[rnt]/g, /\s|\\+[rnt]/g].flatMap((breaks) => {
    const all = [text];
    for (let last = text, next = undone(text, breaks); next !== last && all.length <= MAX_ROUNDS;) {
      all.push(next);
      [last, next] = [next, undone(next, breaks)];
    }
    return all;
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', sol: '/' };

/** One round. Line breaks come first: they may stand within another encoding. */
function undone(text: string, breaks: RegExp): string {
  return text
    .replaceAll(breaks, '')
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
    .replaceAll(/\\+(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_all, u?: string, x?: string) =>
      characterOf(u ?? x ?? '', 16),
    )
    .replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_all, hex?: string, decimal?: string) =>
      hex === undefined ? characterOf(decimal ?? '', 10) : characterOf(hex, 16),
    )
    .replaceAll(/&(\w{2,4});/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replaceAll(/\\+(?=[/"'])/g, '');
}

function characterOf(digits: string, base: number): string {
  const code = parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** What base64 has in all its forms, without what another encoding may change. */
function lettersOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '');
}
