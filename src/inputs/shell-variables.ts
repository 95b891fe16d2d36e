/**
 * The variables that a shell script takes from its environment, in the order of their first use: it
 * expands them, and neither sets them nor provides for their absence.
 *
 * This is not a complete shell. A name that the script may set is left out. If it may set any name,
 * as with `eval` or `source`, nothing is found: a missing warning does no harm.
 */
export function variablesFromOutside(script: string): string[] {
  const reader = new ScriptReader(script);
  reader.read();
  const commands = reader.code.split(/[\n;|&()]/).map(withoutKeywords);
  const setsAnyName = commands.some((command) => SETS_ANY_NAME.some((form) => form.test(command)));
  if (!reader.isClear || setsAnyName) return [];

  const handled = new Set([
    ...reader.optional,
    ...commands.flatMap(namesSetBy),
    ...EMPTINESS_TESTS.flatMap((test) => namesIn(script, test)),
  ]);
  return [...reader.used].filter((name) => !handled.has(name));
}

/** A quote, expansion, substitution, or here-document that the reader is in. */
type Construct = {
  /** The character that ends it; empty for a here-document, which ends with a line. */
  readonly end: string;
  /** Whether only expansions count in it, as in double quotes. */
  readonly isText: boolean;
};

type HereDocument = { readonly delimiter: string; readonly isQuoted: boolean };

// What the reader finds at its position. All of these are sticky.
const LINE = /[^\n]*\n?/y;
const COMMENT = /#[^\n]*/y;
const SINGLE_QUOTES = /'[^']*'/y;
/** `$'it\'s'` */
const ESCAPING_QUOTES = /\$'(?:[^'\\]|\\[^])*'/y;
/** `${TAG` or `${TAG:-`, the start of an expansion: its name, and what handles its absence. */
const BRACED_PARAMETER = /\$\{([A-Za-z_]\w*)?(:?[-=?+])?/y;
/** `$TAG`, `$1`, or a lone dollar sign. */
const PARAMETER = /\$(?:([A-Za-z_]\w*)|[\d$?!#*@-])?/y;
/** `<<'EOF'`, `<<"EOF"`, `<<\EOF`, or `<<EOF`. Only in the last does a shell expand anything. */
const HERE_DOCUMENT = /<<-?[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\([\w.-]+)|([A-Za-z_.][\w.-]*))/y;
/** A here-string, or a shift in arithmetic. */
const NO_HERE_DOCUMENT = /<<(?:<|[ \t]*\d)/y;

/** Finds the expansions in a script. Single quotes, comments, and escaped characters have none. */
class ScriptReader {
  readonly used = new Set<string>();
  /** Names with a default or an error for their absence, as in `${TAG:-latest}`. */
  readonly optional = new Set<string>();
  /** The commands, without comments, and with `$` for each quoted text and each expansion. */
  code = '';
  /** False if the reader could not tell where something in the script ends. */
  isClear = true;
  readonly #text: string;
  #at = 0;
  /** What the reader is in, innermost last. */
  readonly #constructs: Construct[] = [];
  /** The here-documents that begin on the next line. */
  #documents: HereDocument[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    this.#readUpTo(this.#text.length);
    if (this.#constructs.length > 0) this.#giveUp();
  }

  #readUpTo(end: number): void {
    while (this.#at < end) this.#readNext();
  }

  #readNext(): void {
    const { end, isText } = this.#constructs.at(-1) ?? { end: '', isText: false };
    const char = this.#text.charAt(this.#at);
    if (char === '\\') {
      const isContinued = this.#text.charAt(this.#at + 1) === '\n';
      this.#skip(2, isContinued ? ' ' : '$');
    } else if (char === end) {
      this.#constructs.pop();
      this.#skip(1, end === ')' || end === '`' ? ')' : '');
    } else if (char === '$') {
      this.#readExpansion(isText);
    } else if (char === '`') {
      this.#constructs.push({ end: '`', isText: false });
      this.#skip(1, '$(');
    } else if (isText) {
      this.#skip(1, '');
    } else if (char === '"') {
      this.#constructs.push({ end: '"', isText: true });
      this.#skip(1, '$');
    } else if (char === "'") {
      this.#skipQuotes(SINGLE_QUOTES);
    } else if (end === '}') {
      this.#skip(1, '');
    } else {
      this.#readCode(char, end);
    }
  }

  /** Reads what begins with `$`. Single quotes have no meaning in double quotes. */
  #readExpansion(isText: boolean): void {
    if (this.#isAt('$(')) {
      this.#constructs.push({ end: ')', isText: false });
      this.#skip(2, '$(');
    } else if (this.#isAt('${')) {
      const [all = '', name, guard] = this.#match(BRACED_PARAMETER);
      this.#constructs.push({ end: '}', isText });
      this.#skip(all.length, '$');
      if (name !== undefined && guard === undefined) this.used.add(name);
      if (name !== undefined && guard !== undefined) this.optional.add(name);
    } else if (this.#isAt("$'") && !isText) {
      this.#skipQuotes(ESCAPING_QUOTES);
    } else {
      const [all = '', name] = this.#match(PARAMETER);
      this.#skip(all.length, '$');
      if (name !== undefined) this.used.add(name);
    }
  }

  /** Reads a character that is neither quoted nor part of an expansion. */
  #readCode(char: string, end: string): void {
    const isWordStart = this.#at === 0 || /[\s;|&(]/.test(this.#text.charAt(this.#at - 1));
    if (char === '#' && isWordStart) {
      const [comment = ''] = this.#match(COMMENT);
      this.#skip(comment.length, '');
    } else if (char === '\n') {
      this.#skip(1, char);
      for (const document of this.#documents.splice(0)) this.#readDocument(document);
    } else if (this.#isAt('<<')) {
      this.#readRedirection();
    } else if (end === ')' && isWordStart && this.#isAt('case ')) {
      // The parenthesis after one of its patterns would end the substitution.
      this.#giveUp();
    } else {
      if (char === '(') this.#constructs.push({ end: ')', isText: false });
      this.#skip(1, char);
    }
  }

  /** Reads `<<EOF`, whose document begins on the next line, or `<<<`. */
  #readRedirection(): void {
    const [other] = this.#match(NO_HERE_DOCUMENT);
    if (other !== undefined) {
      this.#skip(other.length, '<');
      return;
    }

    const [all = '', single, double, escaped, plain] = this.#match(HERE_DOCUMENT);
    const delimiter = single ?? double ?? escaped ?? plain;
    if (delimiter === undefined) {
      this.#giveUp();
    } else {
      this.#documents.push({ delimiter, isQuoted: plain === undefined });
      this.#skip(all.length, '<');
    }
  }

  /** Reads a here-document, in which only expansions count, or not even those. */
  #readDocument({ delimiter, isQuoted }: HereDocument): void {
    this.#constructs.push({ end: '', isText: true });
    const depth = this.#constructs.length;
    while (this.#at < this.#text.length) {
      const [line = ''] = this.#match(LINE);
      if (line.replaceAll(/^\t+|\n/g, '') === delimiter) {
        if (this.#constructs.length > depth) this.#giveUp();
        this.#constructs.pop();
        this.#skip(line.length, '\n');
        return;
      }
      if (isQuoted) this.#skip(line.length, '');
      else this.#readUpTo(this.#at + line.length);
    }
    this.#giveUp();
  }

  #skipQuotes(pattern: RegExp): void {
    const [quoted] = this.#match(pattern);
    if (quoted === undefined) this.#giveUp();
    else this.#skip(quoted.length, '$');
  }

  #skip(length: number, code: string): void {
    this.#at += length;
    this.code += code;
  }

  #match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? [];
  }

  #isAt(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #giveUp(): void {
    this.isClear = false;
    this.#at = this.#text.length;
  }
}

/** A command in one line, without the words that may come before it. */
function withoutKeywords(command: string): string {
  return command.trim().replaceAll(/\s+/g, ' ').replace(KEYWORDS, '');
}

const KEYWORDS = /^(?:(?:if|then|elif|else|while|until|do|!|\{|time|command|builtin|exec) )+/;

/** Commands that may set variables whose names are not in the script. */
const SETS_ANY_NAME = [
  /^(?:\.|alias|eval|source) /,
  // export $(cat .env)
  /^(?:declare|export|local|readonly|typeset|unset) (?:.* )?\$/,
  // declare -n reference=TAG
  /^(?:declare|local|typeset) -\w*n/,
  // IFS= read -r "$name"
  /\b(?:mapfile|read|readarray)(?: -[erst]+)* \$/,
  /\bprintf -v \$/,
];

/** A word that is a name, or that begins with one: `TAG=1`, `TAG+=1`, `TAG[0]=1`, `TAG--`. */
const BARE_NAME = /(?<!\S)([A-Za-z_]\w*)(?=[=+[\s]|--|$)/g;

/**
 * Names without a dollar sign, as in `TAG=1`, `read TAG`, or `for TAG in`: the command sets them,
 * or handles their absence. In `kubectl set env deployment/web TAG=1`, it does neither.
 */
function namesSetBy(command: string): string[] {
  const [beforeTool = ''] = command.split(/(?<![\w-])(?:kubectl|helm) /);
  return namesIn(beforeTool, BARE_NAME);
}

/** Tests of whether a variable is empty or set. A plain `-n $NAME` isn't: it may be kubectl's. */
const EMPTINESS_TESTS = [
  // [ -z "$TAG" ], [[ -v TAG ]], test -n "$TAG", && -n "$TAG"
  /(?:\[\[?|\btest|&&|\|\||!)\s+-[nzv]\s+"?(?:\$\{?)?([A-Za-z_]\w*)/g,
  // [ "$TAG" ], [[ ! $TAG ]]
  /(?:\[\[?|\btest)\s+(?:!\s+)?"?\$\{?([A-Za-z_]\w*)\}?"?\s*(?:[\];&|]|$)/gm,
  // [ "$TAG" = "" ], [ "x$TAG" = x ]
  /\$\{?([A-Za-z_]\w*)\}?"?\s*(?:==?|!=)\s*(?:""|''|"?x"?\s)/g,
];

function namesIn(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, name = '']) => name);
}
