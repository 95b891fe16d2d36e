import { createHash } from 'node:crypto';
import { isRecord, parseJson } from '../../src/azure/json.ts';
import type { Exchange } from './lab.ts';

/** Replaces what identifies somebody's Azure: the same value always gets the same placeholder. */
export type Anonymize = (text: string) => string;

const GUID = /(?<![0-9a-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-z])/gi;
/** More lenient: whatever a GUID became on its way, it must not be in the file. */
const LEFT = /(?<![0-9a-f])(?:[0-9a-f](?:-|_|%2d|\\u002d)?){32}(?![0-9a-f])/i;
const OTHERS: Readonly<Record<string, RegExp>> = {
  account: /(?<![\w.+-])[\w.+-]+(?:@|#EXT#@)[\w-]+(?:\.[\w-]+)+/g,
  host: /(?<=https?:\/\/)(?!management\.[\w.]+\/)[\w.:[\]-]+|(?<![\w.-])[\w.-]+\.azmk8s\.io/gi,
  node: /\baks[a-z0-9-]{0,60}vmss[a-z0-9]+/gi,
  address: /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:[0-9a-f:]*/gi,
};

/** @param names values by their placeholders, such as those of a cluster's resource ID */
export function anonymizer(names: Readonly<Record<string, unknown>>): Anonymize {
  const numbers = new Map<string, Map<string, number>>();
  const numbered = (kind: string, key: string) => {
    const known = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, known.set(key, known.get(key) ?? known.size + 1));
    return known.get(key) ?? 0;
  };
  const known = Object.entries(names).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value.toLowerCase()] as const] : [],
  );
  known.sort(([, one], [, other]) => other.length - one.length);
  return (text) => {
    let told = text.replaceAll(GUID, (guid) => {
      const key = guid.toLowerCase();
      if (known.some(([, value]) => value === key)) return guid;
      return `{${guid.includes('-') ? 'guid' : 'id'}:${numbered('guid', key.replaceAll('-', ''))}}`;
    });
    for (const [kind, pattern] of Object.entries(OTHERS)) {
      told = told.replaceAll(pattern, (value) => `{${kind}:${numbered(kind, value.toLowerCase())}}`);
    }
    for (const [name, value] of known) {
      const escaped = value.replaceAll(/[^\w]/g, String.raw`\$&`);
      told = told.replaceAll(new RegExp(`(?<![a-z0-9{])${escaped}(?![a-z0-9])`, 'gi'), `{${name}}`);
    }
    return told;
  };
}

/** Output that says nothing to a reader (base64, numbers) as its length and digest. */
const shorten = (text: string) =>
  text.replaceAll(/[\w+/=\n]{400,}/g, (run) => {
    return `{${run.length} characters, SHA-256 ${createHash('sha256').update(run).digest('hex')}}`;
  });

function mapped(value: unknown, anonymize: Anonymize): unknown {
  if (typeof value === 'string') return anonymize(shorten(value));
  if (Array.isArray(value)) return value.map((one) => mapped(one, anonymize));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [anonymize(name), mapped(one, anonymize)]));
}

/** Exchanges about commands as __tests__/recorded has them. */
export function recordingOf(exchanges: readonly Exchange[], anonymize: Anonymize): string {
  const own = exchanges.filter(({ path }) => /\/(?:runCommand|commandResults)\b/i.test(path));
  const sorted = own.toSorted((one, other) => one.at - other.at);
  const begin = sorted[0]?.at ?? 0;
  const all = sorted.map(({ method, path, at, took, status, headers, body, request }) => {
    const seconds = Math.round((at - begin) / 100 + took * 10) / 10;
    const { 'content-length': length, ...others } = headers;
    const kept = { ...(body === '' && length !== undefined && { 'content-length': length }), ...others };
    const exchange = { method, path, status, seconds, headers: kept, body: parseJson(body) ?? body, request };
    return mapped(exchange, anonymize);
  });
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

/** What must not be in a file that others may read; none of it is quoted. */
export function secretsIn(text: string, env: Readonly<NodeJS.ProcessEnv>): string[] {
  const found = Object.entries({ 'a token': /eyJ[\w-]{10,}/, 'a GUID': LEFT, 'a signature': /sig(?:=|%3d)/i });
  const named = Object.entries(env).filter(([name]) => /TOKEN|SECRET|KEY|PASSWORD/i.test(name));
  return [
    ...found.filter(([, pattern]) => pattern.test(text)).map(([what]) => what),
    ...named
      .filter(([, value = '']) => value.length >= 8 && formsOf(value).some((form) => text.includes(form)))
      .map(([name]) => `the value of ${name}`),
  ];
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
