import { hash } from 'node:crypto';
import { parseJson } from '../../src/text/json.ts';
import type { Exchange } from './lab.ts';

/** What identifies a user's Azure, by the kind of its placeholder. */
const PATTERNS = {
  guid: /(?<![0-9a-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])/gi,
  id: /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi,
  account: /(?<![\w.+-])[\w.+-]+(?:@|#EXT#@)[\w-]+(?:\.[\w-]+)+/g,
  host: /(?<=https?:\/\/)(?!management\.[\w.]+\/)[\w.:[\]-]+|(?<![\w.-])[\w.-]+\.azmk8s\.io/gi,
  node: /\baks[a-z0-9-]{0,60}vmss[a-z0-9]+/gi,
  address:
    /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:[0-9a-f:]*/gi,
};
/** Where the JSON of a cluster has names. */
const NAMES = {
  group: /\/resourceGroups\/([^/"]+)/i,
  cluster: /\/managedClusters\/([^/"]+)/i,
  region: /"location":\s*"([^"]+)/,
  'node-group': /"nodeResourceGroup":\s*"([^"]+)/,
};
/**
 * These patterns are broader: whatever happened to a secret on its way, it must not be in the file.
 */
const SECRETS = {
  'a token': /eyJ[\w-]{10,}/,
  'a GUID': /(?<![0-9a-f])(?:[0-9a-f](?:-|_|%2d|\\u002d)?){32}(?![0-9a-f])/i,
  'a signature': /sig(?:=|%3d)/i,
};
const HEADERS = new RegExp(
  [
    '^content-type:',
    '^location:',
    '^retry-after:',
    '^x-ms-request-id:',
    '^x-ms-ratelimit-remaining-.*:',
    '^content-length: 0$',
  ].join('|'),
);

/**
 * Replaces what identifies a user's Azure. Equal values get the same placeholder, and names get
 * their own.
 */
export function anonymizer(cluster: string): (text: string) => string {
  const named = Object.entries(NAMES).map(([kind, pattern]) => ({
    kind,
    name: pattern.exec(cluster)?.[1] ?? '',
  }));
  // A name may be part of another one, so the longest comes first.
  const names = named
    .filter(({ name }) => name !== '')
    .sort((one, other) => other.name.length - one.name.length);
  const numbers = new Map<string, number>();
  const numbered = (kind: string, value: string) => {
    // An ID has the same number with and without dashes.
    const key = value.toLowerCase().replaceAll('-', '');
    numbers.set(key, numbers.get(key) ?? numbers.size + 1);
    return `{${kind}:${numbers.get(key)}}`;
  };
  return (text) => {
    let own = text;
    for (const [kind, pattern] of Object.entries(PATTERNS))
      own = own.replaceAll(pattern, (value) => numbered(kind, value));
    for (const { kind, name } of names) {
      const escaped = name.replaceAll(/\W/g, String.raw`\$&`);
      own = own.replaceAll(new RegExp(`(?<![a-z0-9{])${escaped}(?![a-z0-9])`, 'gi'), `{${kind}}`);
    }
    return own;
  };
}

/**
 * The exchanges in the form of __tests__/recorded. Zips, and texts that no reader uses, become size
 * and digest.
 */
export function recordingOf(
  exchanges: readonly Exchange[],
  anonymize: (text: string) => string,
): string {
  const own = exchanges.toSorted((one, other) => one.at - other.at);
  const short = (data: string | Buffer) =>
    `{${data.length} bytes, SHA-256 ${hash('sha256', data)}}`;
  const all = own.map(({ method, path, status, at, headers, request, body }) => {
    const seconds = Math.round((at - (own[0]?.at ?? 0)) / 100) / 10;
    const kept = Object.fromEntries(
      Object.entries(headers).filter((header) => HEADERS.test(header.join(': '))),
    );
    const sent = request && { ...request, context: short(Buffer.from(request.context, 'base64')) };
    return {
      method,
      path,
      status,
      seconds,
      headers: kept,
      request: sent,
      body: parseJson(body) ?? body,
    };
  });
  const replace = (_name: string, value: unknown) =>
    typeof value === 'string' ? anonymize(value.replaceAll(/[\w+/=\n]{400,}/g, short)) : value;
  return `${JSON.stringify(all, replace, 2)}\n`;
}

/** Finds what must not be in a text that others may read. The result quotes none of it. */
export function secretsIn(text: string, env: Readonly<NodeJS.ProcessEnv>): string[] {
  const isIn = (name: string, value: string) =>
    /TOKEN|SECRET|KEY|PASSWORD/i.test(name) &&
    value.length >= 8 &&
    formsOf(value).some((form) => text.includes(form));
  const variables = Object.keys(env).filter((name) => isIn(name, env[name] ?? ''));
  const patterns = Object.entries(SECRETS).filter(([, pattern]) => pattern.test(text));
  return [...patterns.map(([what]) => what), ...variables.map((name) => `the value of ${name}`)];
}

/** A value as it is, in JSON, in a URL, and as part of a longer text in base64 or base64url. */
function formsOf(value: string): string[] {
  const inBase64 = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    // Each character holds six bits. The first and the last may hold bits of other bytes, too.
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor((bytes.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((form) => bytes.toString(form).slice(start, end));
  });
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), ...inBase64];
}
