/** What this step sent, or knows to be secret, and what no message may quote. */
export type Sent = ReturnType<typeof sentTexts>;

/** Tokens and zips are longer than 100 characters; words, paths, and hashes are not. A short token is known by its place. */
const SECRETS = /[\w+/.-]{100,}|(?<=Bearer |"clusterToken":"|client_assertion=)[\w+/.~-]{24,}/g;
/**
 * Two texts that share 24 characters share a whole block of 8 of the first, even if every third of these characters is not
 * compared. Even such a short block of random letters is in no sentence.
 */
const BLOCKS = /.{8}/g;

/**
 * Looks for what was sent in any encoding of it: percent-encoding, JSON's escapes, HTML entities, and base64 that is wrapped
 * or uses the alphabet of URLs, even one inside another. What else quotes a text changes its signs, not its letters; and
 * base64 or hexadecimal may stand around all of it.
 *
 * @param values the values of `env`, which travel in the zip; shorter ones than six characters are in too many sentences
 */
export function sentTexts(values: readonly string[]) {
  const secrets = new Set<string>();
  const long = values.filter(({ length }) => length >= 6);
  const whole = long.flatMap((value) => [value, value.replaceAll(/\s/g, '')]);
  const signless = long.map(withoutSigns).filter(({ length }) => length >= 6);
  return {
    /** Remembers each token and each zip in a header or a body that is about to be sent. */
    remember(text: string) {
      for (const [secret] of text.matchAll(SECRETS)) secrets.add(lettersOf(secret));
    },
    /** Whether a text of a service or a gateway holds a part of a token or of the zip, or a whole value of `env`. */
    isIn(text: string): boolean {
      const undone = BREAKS.flatMap((breaks) => readings(text, breaks));
      return [...undone, ...undone.flatMap(decoded)].some((reading) => {
        if (whole.some((value) => reading.includes(value))) return true;
        if (signless.some((value) => withoutSigns(reading).includes(value))) return true;
        const blocks = lettersOf(reading).match(BLOCKS) ?? [];
        return blocks.some((block) => [...secrets].some((secret) => secret.includes(block)));
      });
    },
  };
}

/** In JSON, a line break may stand between the backslash of an escape and its letter, or be escaped twice. */
const BREAKS = [/\s|\\[rnt]/g, /\s|\\+[rnt]/g];

/** The text, and what it stands for: each encoding undone, up to eight times. */
function readings(text: string, breaks: RegExp, rounds = 8): string[] {
  const next = undone(text, breaks);
  return next === text || rounds === 0 ? [text] : [text, ...readings(next, breaks, rounds - 1)];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', sol: '/' };

/** One round. Line breaks come first, since they may stand within another encoding. */
function undone(text: string, breaks: RegExp): string {
  return text
    .replaceAll(breaks, '')
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
    .replaceAll(/\\+(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_all, u?: string, x?: string) => characterOf(`0x${u ?? x}`))
    .replaceAll(/&#(x[0-9a-f]{1,6}|\d{1,7});?/gi, (_all, code: string) => characterOf(code.replace(/^x/i, '0x')))
    .replaceAll(/&(\w{2,4});/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replaceAll(/\\+(?=[/"'])/g, '');
}

function characterOf(code: string): string {
  return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : '';
}

/** What base64 has in all its forms, without what another encoding may change. */
function lettersOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '');
}

/** The letters and digits of any language, and nothing of what marks an entity by a name. */
function withoutSigns(text: string): string {
  return text.replaceAll(/&[a-z]{2,8};|[^\p{L}\p{N}]/gu, '');
}

/** What the text is if it is base64 or hexadecimal, of which any part may be quoted. */
function decoded(text: string): string[] {
  const digits = text.match(/[\w+/-]{8,}/g) ?? [];
  return (['base64', 'hex'] as const).flatMap((encoding) =>
    [0, 1, 2, 3].map((start) => digits.map((word) => Buffer.from(word.slice(start), encoding).toString()).join(' ')),
  );
}
