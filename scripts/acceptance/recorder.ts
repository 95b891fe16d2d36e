import { createHash } from 'node:crypto';
import { parseJson } from '../../src/azure/json.ts';
import { sentTexts } from '../../src/azure/sent.ts';
import type { Exchange } from './lab.ts';

/** What identifies a user's Azure, by the kind of its placeholder. */
const PATTERNS = {
  guid: /(?<![0-9a-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])/gi,
  id: /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi,
  account: /(?<![\w.+-])[\w.+-]+(?:@|#EXT#@)[\w-]+(?:\.[\w-]+)+/g,
  host: /(?<=https?:\/\/)(?!management\.[\w.]+\/)[\w.:[\]-]+|(?<![\w.-])[\w.-]+\.azmk8s\.io/gi,
  node: /\baks[a-z0-9-]{0,60}vmss[a-z0-9]+/gi,
  address: /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:[0-9a-f:]*/gi,
};
/** Where the JSON of a cluster has names. */
const NAMES = {
  group: /\/resourceGroups\/([^/"]+)/i,
  cluster: /\/managedClusters\/([^/"]+)/i,
  region: /"location":\s*"([^"]+)/,
  dns: /"dnsPrefix":\s*"([^"]+)/,
  'node-group': /"nodeResourceGroup":\s*"([^"]+)/,
};
/** These patterns are broader: whatever happened to a secret on its way, it must not be in the file. */
const SECRETS = {
  'a token': /eyJ[\w-]{10,}/,
  'a GUID': /(?<![0-9a-f])(?:[0-9a-f](?:-|_|%2d|\\u002d)?){32}(?![0-9a-f])/i,
  'a signature': /sig(?:=|%3d)/i,
};
const HEADERS = /^(?:content-type|location|retry-after|x-ms-request-id|x-ms-ratelimit-remaining-.*)$/;

/** Replaces what identifies a user's Azure. Equal values get the same placeholder, and names get their own. */
export function anonymizer(cluster: string): (text: string) => string {
  const names = Object.entries(NAMES).map(([kind, pattern]) => [kind, pattern.exec(cluster)?.[1] ?? ''] as const);
  // A name may be part of another one, so the longest comes first.
  names.sort(([, one], [, other]) => other.length - one.length);
  const own = names
    .filter(([, name]) => name !== '')
    .map(([kind, name]): [string, RegExp] => {
      const escaped = name.replaceAll(/\W/g, String.raw`\$&`);
      return [kind, new RegExp(`(?<![a-z0-9{])${escaped}(?![a-z0-9])`, 'gi')];
    });
  const numbers = new Map<string, number>();
  const placeholder = (kind: string, value: string) => {
    if (kind in NAMES) return `{${kind}}`;
    // An ID has the same number with and without dashes.
    const key = value.toLowerCase().replaceAll('-', '');
    numbers.set(key, numbers.get(key) ?? numbers.size + 1);
    return `{${kind}:${numbers.get(key)}}`;
  };
  const replace = (text: string, [kind, pattern]: [string, RegExp]) =>
    text.replaceAll(pattern, (value) => placeholder(kind, value));
  return (text) => [...Object.entries(PATTERNS), ...own].reduce(replace, text);
}

const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

/** The exchanges in the form of __tests__/recorded. Parts that no reader uses become length and digest. */
export function recordingOf(exchanges: readonly Exchange[], anonymize: (text: string) => string): string {
  const own = exchanges.toSorted((one, other) => one.at - other.at);
  const all = own.map(({ method, path, status, at, headers, body, request }) => {
    const seconds = Math.round((at - (own[0]?.at ?? 0)) / 100) / 10;
    const isKept = ([name]: [string, string]) => HEADERS.test(name) || (name === 'content-length' && body === '');
    const kept = Object.fromEntries(Object.entries(headers).filter(isKept));
    const zip = Buffer.from(request?.context ?? '', 'base64');
    const sent = request && { ...request, context: { bytes: zip.length, sha256: digest(zip) } };
    return { method, path, status, seconds, headers: kept, request: sent, body: parseJson(body) ?? body };
  });
  const short = (run: string) => `{${run.length} characters, SHA-256 ${digest(run)}}`;
  const replace = (_name: string, value: unknown) =>
    typeof value === 'string' ? anonymize(value.replaceAll(/[\w+/=\n]{400,}/g, short)) : value;
  return `${JSON.stringify(all, replace, 2)}\n`;
}

/** Finds what must not be in a text that others may read. The result quotes none of it. */
export function secretsIn(text: string, env: Readonly<NodeJS.ProcessEnv>): string[] {
  const isIn = (name: string, value: string) =>
    /TOKEN|SECRET|KEY|PASSWORD/i.test(name) && value.length >= 8 && sentTexts([value]).isIn(text);
  const variables = Object.keys(env).filter((name) => isIn(name, env[name] ?? ''));
  const patterns = Object.entries(SECRETS).filter(([, pattern]) => pattern.test(text));
  return [...patterns.map(([what]) => what), ...variables.map((name) => `the value of ${name}`)];
}
