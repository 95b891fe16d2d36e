/** Blocks of this many letters are looked up. Any {@link SHORTEST_RUN} letters contain a whole one. */
const BLOCK = 8;
/** Of 24 characters of base64, at least this many are letters or digits, but for rare exceptions. */
const SHORTEST_RUN = 16;

/**
 * What can stand between two letters of a secret that a service quotes: line breaks, the other
 * characters of base64, and what JSON, HTML, or a URL write instead of them. Nothing here repeats
 * without a bound: of megabytes, an engine that remembers each turn runs out of stack.
 */
const BETWEEN = /\\(?:u[0-9a-f]{4}|[bfnrt])|%[0-9a-f]{2}|&#?\w{1,8};|[^a-z0-9]/gi;

/** What gives a JSON or HTML text its form. It stays where a secret is hidden. */
const FORM = /(\\{0,15}"|[<>{}[\],:])/;

/**
 * What the step sends, and no message repeats: its tokens, and the zip in base64. A gateway may
 * quote any part of a request.
 */
export class Secrets {
  /** The letters of all secrets, with a blank before each. */
  #letters = '';
  /** Where each block of them begins. */
  readonly #blocks = new Map<string, number>();
  /** Those that were not needed yet: a zip of 3 MB takes a second to read. */
  #unread: string[] = [];

  add(secret: string): void {
    this.#unread.push(secret);
  }

  #read(secret: string): void {
    const letters = secret.replaceAll(/[^a-z0-9]+/gi, '').toLowerCase();
    this.#letters += ' ';
    const begin = this.#letters.length;
    this.#letters += letters;
    for (let at = 0; at + BLOCK <= letters.length; at += BLOCK) {
      this.#blocks.set(letters.slice(at, at + BLOCK), begin + at);
    }
  }

  /**
   * A text without any run of letters of a secret that is long enough to matter, in any letter case,
   * whatever is between them. Takes as long as the text, however long the secrets are.
   */
  hide(text: string): string {
    if (text.length < SHORTEST_RUN) return text;

    for (const secret of this.#unread) this.#read(secret);
    this.#unread = [];
    const { letters, places } = lettersOf(text);
    const shown: string[] = [];
    let done = 0;
    let doneInText = 0;
    for (let at = 0; at + BLOCK <= letters.length; at += 1) {
      const run = this.#runAround(letters, at, done);
      if (run === undefined) continue;

      const from = Number(places[run.from]);
      const to = Number(places[run.to - 1]) + 1;
      shown.push(text.slice(doneInText, from), starred(text.slice(from, to)));
      done = run.to;
      doneInText = to;
      at = run.to - 1;
    }
    return shown.join('') + text.slice(doneInText);
  }

  /** The run of a secret's letters around a block, not before `least`, if it is long enough. */
  #runAround(letters: string, at: number, least: number) {
    const found = this.#blocks.get(letters.slice(at, at + BLOCK));
    if (found === undefined) return undefined;

    const shift = found - at;
    let from = at;
    while (from > least && letters[from - 1] === this.#letters[from - 1 + shift]) from -= 1;
    let to = at + BLOCK;
    while (to < letters.length && letters[to] === this.#letters[to + shift]) to += 1;
    return to - from < SHORTEST_RUN ? undefined : { from, to };
  }
}

/** A quoted secret, as stars, in the same form. */
function starred(quoted: string): string {
  const parts = quoted.split(FORM);
  return parts.map((part, index) => (index % 2 === 1 || part === '' ? part : '***')).join('');
}

/** The letters and digits of a text, in lower case, and where each of them is. */
function lettersOf(text: string): { readonly letters: string; readonly places: Uint32Array } {
  const places = new Uint32Array(text.length);
  const parts: string[] = [];
  let count = 0;
  let done = 0;
  const take = (until: number) => {
    parts.push(text.slice(done, until));
    for (let at = done; at < until; at += 1) {
      places[count] = at;
      count += 1;
    }
  };
  for (const between of text.matchAll(BETWEEN)) {
    take(between.index);
    done = between.index + between[0].length;
  }
  take(text.length);
  return { letters: parts.join('').toLowerCase(), places };
}
