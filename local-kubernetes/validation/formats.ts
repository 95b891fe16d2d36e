import { isIP } from 'node:net';

/** Formats of texts, and what the server says of one that does not hold. */

export type Format = Readonly<{ holds: (text: string) => boolean; says: string }>;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

function format(pattern: string, limit: number, says: string): Format {
  const expression = new RegExp(`^(?:${pattern})$`);
  return {
    holds: (text) => expression.test(text) && text.length <= limit,
    says: `${says}, and must be no more than ${limit} characters (regex used for validation is '${pattern}')`,
  };
}

export const formats = {
  subdomain: format(
    subdomain,
    253,
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  ),
  label: format(
    label,
    63,
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  ),
  rfc1035: format(
    '[a-z]([-a-z0-9]*[a-z0-9])?',
    63,
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  ),
  segment: {
    holds: (text: string) => text !== '.' && text !== '..' && !/[/%]/.test(text),
    says: "may not contain '/' or '%'",
  },
  labelValue: format(
    `(${name})?`,
    63,
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  ),
  qualified: {
    holds: (text: string) => {
      const [last = '', prefix, ...more] = text.split('/').reverse();
      const prefixed = prefix === undefined || (new RegExp(`^${subdomain}$`).test(prefix) && prefix.length <= 253);
      return more.length === 0 && prefixed && last.length <= 63 && new RegExp(`^${name}$`).test(last);
    },
    says: `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${name}')`,
  },
  configKey: format(
    '(?!\\.\\.|\\.$)[-._a-zA-Z0-9]+',
    253,
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  ),
  environmentName: {
    holds: (text: string) => /^[\x20-\x3c\x3e-\x7e]+$/.test(text),
    says: "a valid environment variable name must consist only of printable ASCII characters other than '='",
  },
  portName: {
    holds: (text: string) => /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 15,
    says: 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-), at least one letter, and be no more than 15 characters',
  },
  host: {
    holds: (text: string) => new RegExp(`^(\\*\\.)?${subdomain}$`).test(text) && text.length <= 253,
    says: `a wildcard DNS-1123 subdomain or a lowercase RFC 1123 subdomain is expected`,
  },
  mixedCase: {
    holds: (text: string) => /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/i.test(text),
    says: 'may have mixed case, but should otherwise match: a DNS-1035 label',
  },
  sysctl: format(
    '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?',
    253,
    'must be the name of a sysctl',
  ),
  search: format(
    '\\.|[a-z0-9_]([-a-z0-9_]*[a-z0-9])?(\\.[a-z0-9_]([-a-z0-9_]*[a-z0-9])?)*\\.?',
    253,
    'must be a domain',
  ),
  header: format('[-A-Za-z0-9]+', 253, "a valid HTTP header must consist of alphanumeric characters or '-'"),
  relative: {
    holds: (text: string) => !/^\/|(^|\/)\.\.(\/|$)/.test(text),
    says: "must be a relative path, and must not contain '..'",
  },
  forwards: { holds: (text: string) => !/(^|\/)\.\.(\/|$)/.test(text), says: "must not contain '..'" },
  absolute: { holds: (text: string) => text.startsWith('/'), says: 'must be an absolute path' },
  fieldPath: {
    holds: (text: string) =>
      /^(?:metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])|spec\.(?:nodeName|serviceAccountName)|status\.(?:hostIPs?|podIPs?))$/.test(
        text,
      ),
    says: 'error converting fieldPath: field label not supported',
  },
  resourceField: {
    holds: (text: string) => /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)$/.test(text),
    says: 'must be limits or requests of cpu, memory, ephemeral-storage or hugepages',
  },
  groupVersion: {
    holds: (text: string) => new RegExp(`^${subdomain}/v\\d[a-z0-9]*$`).test(text),
    says: 'apiVersion must specify API group',
  },
  jsonPath: { holds: (text: string) => /^\.[^\s/]/.test(text), says: 'must be a simple json path starting with .' },
  specPath: { holds: (text: string) => /^\.spec\.[^\s/.]/.test(text), says: 'should be a json path under .spec' },
  statusPath: { holds: (text: string) => /^\.status\.[^\s/.]/.test(text), says: 'should be a json path under .status' },
  eitherPath: {
    holds: (text: string) => /^\.(?:spec|status)\.[^\s/.]/.test(text),
    says: 'should be a json path under either .spec or .status',
  },
  absolutePath: {
    holds: (text: string) => text === '' || new RegExp(`^/(?:${subdomain}/?)*$`).test(text),
    says: "must start with a '/'",
  },
  domainPath: {
    holds: (text: string) => new RegExp(`^${subdomain}/[\\w.~%!$&'()*+,;=:/-]+$`).test(text) && text.length <= 250,
    says: 'must be a domain-prefixed path (such as "acme.io/foo")',
  },
  driver: {
    holds: (text: string) =>
      /^[a-z0-9][-a-z0-9_.]*(?:\/[-a-z0-9_.]+)?$/i.test(text) && !/[^a-z0-9]$/i.test(text) && text.length <= 63,
    says: 'name part must consist of alphanumeric characters',
  },
  cidr: {
    holds: (text: string) => {
      const [address = '', bits = ''] = text.split('/');
      return /^\d+$/.test(bits) && isIP(address) > 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
    },
    says: 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
  },
  address: {
    holds: (text: string) => isIP(text) > 0,
    says: 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

const cronField = String.raw`(?:\*|\?|[\w-]+)(?:-\w+)?(?:\/\d+)?`;
const cronList = `${cronField}(?:,${cronField})*`;
const cronRanges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Whether a text is a schedule as cron has it. */
export function isSchedule(text: string): boolean {
  if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \d+[hms]+)$/.test(text)) return true;
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === 5 &&
    fields.every((field, index) => {
      const [low = 0, high = 0] = cronRanges[index] ?? [];
      const numbers = [...field.replaceAll(/\/\d+/g, '').matchAll(/\d+/g)].map(Number);
      return new RegExp(`^${cronList}$`).test(field) && numbers.every((number) => number >= low && number <= high);
    })
  );
}

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity stands for. */
export function quantityOf(text: string): number {
  const [, number = '', suffix = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  return Number(number) * (suffixes[suffix] ?? NaN);
}
