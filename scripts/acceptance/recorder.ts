import { createHash } from 'node:crypto';
import { parseJson } from '../../src/azure/json.ts';
import type { Exchange } from './lab.ts';

/** What identifies somebody's Azure, by the kind of its placeholder. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  guid: /(?<![0-9a-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])/gi,
  id: /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi,
  account: /(?<![\w.+-])[\w.+-]+(?:@|#EXT#@)[\w-]+(?:\.[\w-]+)+/g,
  host: /(?<=https?:\/\/)(?!management\.[\w.]+\/)[\w.:[\]-]+|(?<![\w.-])[\w.-]+\.azmk8s\.io/gi,
  node: /\baks[a-z0-9-]{0,60}vmss[a-z0-9]+/gi,
  address: /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:[0-9a-f:]*/gi,
};
/** These patterns are more lenient: whatever became of a secret on its way, it must not be in the file. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a token': /eyJ[\w-]{10,}/,
  'a GUID': /(?<![0-9a-f])(?:[0-9a-f](?:-|_|%2d|\\u002d)?){32}(?![0-9a-f])/i,
  'a signature': /sig(?:=|%3d)/i,
};

/** Replaces what identifies somebody's Azure, the same value always by the same placeholder, and names by theirs. */
export function anonymizer(names: Readonly<Record<string, unknown>>): (text: string) => string {
  const known = Object.entries(names).filter(
    (one): one is [string, string] => typeof one[1] === 'string' && one[1] !== '',
  );
  known.sort(([, one], [, other]) => other.length - one.length);
  const numbers = new Map<string, number>();
  const numbered = (kind: string, value: string) => {
    // With and without dashes, an ID has one number.
    const key = value.toLowerCase().replaceAll('-', '');
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return `{${kind}:${number}}`;
  };
  return (text) => {
    let told = text;
    for (const [kind, pattern] of Object.entries(PATTERNS))
      told = told.replaceAll(pattern, (value) => numbered(kind, value));
    for (const [name, value] of known) {
      const escaped = value.replaceAll(/\W/g, String.raw`\$&`);
      told = told.replaceAll(new RegExp(`(?<![a-z0-9{])${escaped}(?![a-z0-9])`, 'gi'), `{${name}}`);
    }
    return told;
  };
}

const digest = (run: string) => `{${run.length} characters, SHA-256 ${createHash('sha256').update(run).digest('hex')}}`;

/** The exchanges about commands, as __tests__/recorded has them. What no reader reads is there as length and digest. */
export function recordingOf(exchanges: readonly Exchange[], anonymize: (text: string) => string): string {
  const own = exchanges.filter(({ path }) => /\/(?:runCommand|commandResults)\b/i.test(path));
  own.sort((one, other) => one.at - other.at);
  const all = own.map(({ at, body, method, path, status, ...rest }) => {
    const seconds = Math.round((at - (own[0]?.at ?? 0)) / 100) / 10;
    return { method, path, status, seconds, ...rest, body: parseJson(body) ?? body };
  });
  const replace = (_name: string, value: unknown) =>
    typeof value === 'string' ? anonymize(value.replaceAll(/[\w+/=\n]{400,}/g, digest)) : value;
  return `${JSON.stringify(all, replace, 2)}\n`;
}

/** What must not be in a text that others may read. None of it is quoted. */
export function secretsIn(text: string, env: Readonly<NodeJS.ProcessEnv>): string[] {
  const found = Object.keys(SECRETS).filter((name) => SECRETS[name]?.test(text));
  const isIn = (name: string, value: string) =>
    /TOKEN|SECRET|KEY|PASSWORD/i.test(name) && value.length >= 8 && formsOf(value).some((form) => text.includes(form));
  const named = Object.entries(env).filter(([name, value = '']) => isIn(name, value));
  return [...found, ...named.map(([name]) => `the value of ${name}`)];
}

/** A value as it is, in JSON, in a URL, and within base64, wherever in it the value begins. */
function formsOf(value: string): string[] {
  const base64 = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    const whole = bytes.toString('base64').slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), ...base64];
}
