/**
 * The variables that a shell script takes from its environment, in the order of their first use: it
 * expands them, and neither sets them nor provides for their absence.
 *
 * This is no complete shell. If it cannot be sure, such as after `eval` or `source`, it finds
 * nothing.
 */
export function variablesFromOutside(script: string): string[] {
  const reader = new ScriptReader(script);
  reader.readCode('');
  const commands = reader.code.flatMap((code) => code.split(/[\n;|&()]/)).map(wordsOf);
  if (!reader.isClear || commands.some(maySetAnyName)) return [];

  const own = new Set([
    ...reader.guarded,
    ...commands.flatMap(namesSetBy),
    ...EMPTINESS_TESTS.flatMap((test) => namesIn(script, test)),
  ]);
  return [...reader.used].filter((name) => !own.has(name));
}

/** Stands for a quoted text or an expansion in code. No script contains it. */
const UNREAD = '\u0000';

/** Deeper than anyone nests quotes and substitutions. */
const MAX_DEPTH = 50;

const NAME = /[A-Za-z_]\w*/y;
const ASSIGNED_IN_ARITHMETIC =
  /(?:\+\+|--)([A-Za-z_]\w*)|\b([A-Za-z_]\w*)\s*(?:\+\+|--|(?:[-+*/%&^|]|<<|>>)?=(?!=))/g;
const HERE_DOCUMENT = /<<-?[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\([\w.-]+)|([\w.-]+))/y;

type HereDocument = { readonly delimiter: string; readonly isQuoted: boolean };

/** Finds the expansions in a script: what is in single quotes, in comments, or escaped is none. */
class ScriptReader {
  readonly used = new Set<string>();
  /**
   * Names with a default or an error for their absence, as in `${TAG:-latest}`, and those that
   * arithmetic sets.
   */
  readonly guarded = new Set<string>();
  /**
   * The script and each substitution in it, without comments, and with `UNREAD` for texts and
   * expansions.
   */
  readonly code: string[] = [];
  /** Whether it could be told where everything in the script ends. */
  isClear = true;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Reads commands up to the character that ends a substitution, or up to the end of the script.
   */
  readCode(end: '' | ')' | '`'): void {
    let code = '';
    let open = 0;
    let documents: HereDocument[] = [];
    this.#enter();
    while (this.#at < this.#text.length) {
      const char = this.#char();
      const isWordStart = /(?:^|[\s;|&()])$/.test(code.slice(-1));
      if (char === end && open === 0) break;
      if (char === '#' && isWordStart) {
        this.#skipLine();
      } else if (char === '\n') {
        this.#at += 1;
        code += char;
        for (const document of documents) this.#readDocument(document);
        documents = [];
      } else if (this.#isAt('<<')) {
        const document = this.#readRedirection();
        if (document !== undefined) documents.push(document);
        code += '<';
      } else if (this.#isAt('((') && isWordStart) {
        this.#readArithmetic(2);
      } else if (end === ')' && isWordStart && this.#isAt('case')) {
        // The parenthesis after one of its patterns would end the substitution.
        this.#giveUp();
      } else {
        if (char === '(') open += 1;
        if (char === ')') open -= 1;
        code += this.#readPiece(char);
      }
    }
    this.#leave(end);
    this.code.push(code);
  }

  /** Reads text in which only expansions count, up to its end, as in double quotes. */
  readText(end: '' | '"' | '}'): void {
    this.#enter();
    while (this.#at < this.#text.length) {
      const char = this.#char();
      if (char === end) break;
      if (char === '\\') this.#at += 2;
      else if (char === '$' || char === '`') this.#readExpansion(false);
      else this.#at += 1;
    }
    this.#leave(end);
  }

  /**
   * Reads a quoted text, an expansion, or one character. @returns what stands for it in the code
   */
  #readPiece(char: string): string {
    switch (char) {
      case '\\':
        this.#at += 2;
        return this.#text.charAt(this.#at - 1) === '\n' ? ' ' : UNREAD;
      case "'":
        this.#skipQuoted(/'[^']*'/y);
        return UNREAD;
      case '"':
        this.#at += 1;
        this.readText('"');
        return UNREAD;
      case '$':
      case '`':
        this.#readExpansion(true);
        return UNREAD;
      default:
        this.#at += 1;
        return char;
    }
  }

  /** Reads what begins with `$` or a backquote. Single quotes have no meaning in double quotes. */
  #readExpansion(isCode: boolean): void {
    if (this.#char() === '`') {
      this.#at += 1;
      this.readCode('`');
    } else if (this.#isAt('$((')) {
      this.#readArithmetic(3);
    } else if (this.#isAt('$(')) {
      this.#at += 2;
      this.readCode(')');
    } else if (this.#isAt('${')) {
      this.#at += 2;
      this.#readParameter(isCode);
    } else if (this.#isAt("$'") && isCode) {
      this.#skipQuoted(/\$'(?:[^'\\]|\\[^])*'/y);
    } else {
      this.#at += 1;
      const name = this.#readName();
      if (name !== '') this.used.add(name);
      else if (/[\d$?!#*@-]/.test(this.#char())) this.#at += 1;
    }
  }

  /** Reads the rest of `${TAG}`, `${TAG:0:7}`, `${TAG:-latest}`, or `${#TAG}`. */
  #readParameter(isCode: boolean): void {
    const name = this.#readName();
    const isGuarded = /^:?[-=?+]/.test(this.#text.slice(this.#at, this.#at + 2));
    if (name !== '') (isGuarded ? this.guarded : this.used).add(name);
    if (!isCode) {
      this.readText('}');
      return;
    }
    this.#enter();
    while (this.#at < this.#text.length && this.#char() !== '}') this.#readPiece(this.#char());
    this.#leave('}');
  }

  /** Reads `$((…))` or `((…))`, whose first characters are two or three. */
  #readArithmetic(length: number): void {
    const start = this.#at;
    let open = 2;
    this.#at += length;
    while (this.#at < this.#text.length && open > 0) {
      const char = this.#char();
      if (char === '(') open += 1;
      if (char === ')') open -= 1;
      if (/["'\\]/.test(char)) this.#giveUp();
      else if (char === '$' || char === '`') this.#readExpansion(false);
      else this.#at += 1;
    }
    if (open > 0) this.#giveUp();
    const inside = this.#text.slice(start, this.#at);
    for (const name of namesIn(inside, ASSIGNED_IN_ARITHMETIC)) this.guarded.add(name);
  }

  /** Reads `<<EOF` or `<<<`. @returns the document that begins on the next line, if it is one */
  #readRedirection(): HereDocument | undefined {
    if (this.#isAt('<<<')) {
      this.#at += 3;
      return undefined;
    }
    HERE_DOCUMENT.lastIndex = this.#at;
    const [all, single, double, escaped, plain] = HERE_DOCUMENT.exec(this.#text) ?? [];
    const delimiter = single ?? double ?? escaped ?? plain;
    if (all === undefined || delimiter === undefined) {
      this.#giveUp();
      return undefined;
    }
    this.#at += all.length;
    return { delimiter, isQuoted: plain === undefined };
  }

  #readDocument({ delimiter, isQuoted }: HereDocument): void {
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const line = this.#at;
      this.#skipLine();
      const text = this.#text.slice(line, this.#at);
      this.#at += 1;
      if (text.replace(/^\t+/, '') !== delimiter) continue;
      if (!isQuoted) this.#readBody(this.#text.slice(start, line));
      return;
    }
    this.#giveUp();
  }

  /** Reads the text of a here-document, which cannot reach beyond its end. */
  #readBody(text: string): void {
    const body = new ScriptReader(text);
    body.#depth = this.#depth;
    body.readText('');
    for (const name of body.used) this.used.add(name);
    for (const name of body.guarded) this.guarded.add(name);
    this.code.push(...body.code);
    if (!body.isClear) this.#giveUp();
  }

  #readName(): string {
    NAME.lastIndex = this.#at;
    const [name = ''] = NAME.exec(this.#text) ?? [];
    this.#at += name.length;
    return name;
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #skipQuoted(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    const quoted = pattern.exec(this.#text)?.[0];
    if (quoted === undefined) this.#giveUp();
    else this.#at += quoted.length;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#giveUp();
  }

  #leave(end: string): void {
    this.#depth -= 1;
    if (this.#at >= this.#text.length && end !== '') this.#giveUp();
    this.#at += end.length;
  }

  #giveUp(): void {
    this.isClear = false;
    this.#at = this.#text.length;
  }

  #char(): string {
    return this.#text.charAt(this.#at);
  }

  #isAt(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }
}

/** Tests whether a variable is empty or set. A plain `-n $NAME` is none: kubectl takes it, too. */
const EMPTINESS_TESTS = [
  // [ -z "$TAG" ], [[ -v TAG ]], test -n "$TAG", && -n "$TAG"
  /(?:\[\[?|\btest|&&|\|\||!)\s+-[nzv]\s+"?(?:\$\{?)?([A-Za-z_]\w*)/g,
  // [ "$TAG" ], [[ ! $TAG ]]
  /(?:\[\[?|\btest)\s+(?:!\s+)?"?\$\{?([A-Za-z_]\w*)\}?"?\s*(?:[\];&|]|$)/gm,
  // [ "$TAG" = "" ], [ "x$TAG" = x ]
  /\$\{?([A-Za-z_]\w*)\}?"?\s*(?:==?|!=)\s*(?:""|''|"?x"?\s)/g,
];

function namesIn(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern)).flatMap(([, ...groups]) => groups.filter(Boolean));
}

/** The words of a command, without those that may come before it. */
function wordsOf(command: string): string[] {
  const words = command.split(/\s+/).filter((word) => word !== '');
  const first = words.findIndex((word) => !BEFORE_A_COMMAND.has(word));
  return first < 0 ? [] : words.slice(first);
}

const BEFORE_A_COMMAND = new Set(
  'if then elif else while until do ! { time command builtin exec'.split(' '),
);
/**
 * Builtins whose operands are names of variables that they set, or of which the script takes care.
 */
const NAMING = new Set(
  'declare export for getopts let local mapfile read readarray readonly select typeset unset'.split(
    ' ',
  ),
);
/** Their operands may also be values, or an option string. */
const TAKING_VALUES = new Set(['for', 'getopts', 'select']);
const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[.*\])?\+?=/;

/**
 * Names that a command sets, and perhaps some that it does not: it is no loss if a warning is
 * missing.
 */
function namesSetBy(words: readonly string[]): string[] {
  const program = words.findIndex((word) => !ASSIGNMENT.test(word));
  // In `kubectl set env deployment/web TAG=1`, the last word sets nothing here.
  const isKubernetes = /^(?:\S*\/)?(?:kubectl|helm)$/.test(words[program] ?? '');
  const own = isKubernetes ? words.slice(0, program) : words;
  const assigned = own.flatMap((word) => ASSIGNMENT.exec(word)?.[1] ?? []);
  const isNaming = own.some((word) => NAMING.has(word) || word === '-v');
  return isNaming ? [...assigned, ...own.filter((word) => /^\w+$/.test(word))] : assigned;
}

const OPTION_WITH_VALUE = /^-\w*[acdinpstuCNO]$/;

/** Whether a command may set variables whose names are not in the script. */
function maySetAnyName(words: readonly string[]): boolean {
  const program = words.find((word) => !ASSIGNMENT.test(word)) ?? '';
  if (['.', 'alias', 'eval', 'source'].includes(program)) return true;
  const naming = words.findIndex((word) => NAMING.has(word) && !TAKING_VALUES.has(word));
  const isReading = /^(?:read|mapfile|readarray)$/.test(words[naming] ?? '');
  if (naming >= 0 && !isReading && words.includes('-n')) return true;
  return words.some((word, at) => {
    const before = words[at - 1] ?? '';
    const isValue = /[<>]$/.test(before) || (isReading && OPTION_WITH_VALUE.test(before));
    const isName = naming >= 0 && at > naming && !isValue;
    return word.startsWith(UNREAD) && (isName || before === '-v');
  });
}
