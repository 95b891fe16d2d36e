import { isIP } from 'node:net';

/** Formats of texts: how one is told, and what the server says of a text that does not hold. */
type Format = readonly [test: RegExp | ((text: string) => boolean), says: string];

const label = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const domain = String.raw`[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*`;
const subdomain = `(?=.{1,253}$)${domain}`;
const name = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const whole = (...parts: readonly string[]) => new RegExp(`^${parts.join('')}$`);

const isAddress = (text: string) => isIP(text) > 0;
const isHost = (text: string) => whole(String.raw`(?:\*\.)?`, subdomain).test(text) && !isAddress(text);
const isTimeZone = (text: string) => ['UTC', 'Etc/UTC', ...Intl.supportedValuesOf('timeZone')].includes(text);
const isCidr = (text: string) => {
  const [address = '', bits = ''] = text.split('/');
  return /^\d+$/.test(bits) && isAddress(address) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
};

const formats = {
  subdomain: [whole(subdomain), 'must be a lowercase RFC 1123 subdomain: letters, digits, "-" and "." (example.com)'],
  label: [whole(label), 'must be a lowercase RFC 1123 label: at most 63 letters, digits and "-" (my-name)'],
  rfc1035: [whole('(?=[a-z])', label), 'must be a DNS-1035 label: at most 63 letters, digits and "-", first a letter'],
  jobName: [whole('(?=.{1,63}$)', subdomain), 'must be a lowercase RFC 1123 subdomain of no more than 63 characters'],
  cronJobName: [
    whole('(?=.{1,52}$)', subdomain),
    'must be a lowercase RFC 1123 subdomain of no more than 52 characters',
  ],
  segment: [/^(?!\.\.?$)[^/%]*$/, "may not be '.' or '..', and may not contain '/' or '%'"],
  labelValue: [
    whole(`(?:${name})?`),
    'a valid label is at most 63 letters, digits, "-", "_" and ".", or empty (my_value)',
  ],
  qualified: [
    whole(`(?:(?=[^/]{1,253}/)${domain}/)?`, name),
    'name part must consist of at most 63 letters, digits, "-", "_" and ".", with an optional DNS subdomain and "/" before it',
  ],
  configKey: [
    /^(?!\.\.|\.$)[-._a-zA-Z0-9]{1,253}$/,
    'a valid config key consists of letters, digits, "-", "_" and "."',
  ],
  environmentName: [/^[\x20-\x3c\x3e-\x7e]+$/, 'must consist only of printable ASCII characters other than "="'],
  portName: [/^(?=.*[a-z])(?=.{1,15}$)[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be at most 15 letters, digits and "-"'],
  host: [isHost, 'must be a DNS name, with or without a wildcard for its first part, and not an IP address'],
  mixedCase: [new RegExp(`^(?=[a-z])${label}$`, 'i'), 'may have mixed case, but should otherwise be a DNS-1035 label'],
  header: [/^[-A-Za-z0-9]+$/, 'a valid HTTP header consists of letters, digits and "-"'],
  relative: [/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))/, 'must be a relative path, and must not contain ".."'],
  absolute: [/^\//, 'must be an absolute path'],
  forwards: [/^(?!(?:.*\/)?\.\.(?:\/|$))/, 'must not contain ".."'],
  fieldPath: [
    /^(?:metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])|spec\.(?:nodeName|serviceAccountName)|status\.(?:hostIPs?|podIPs?))$/,
    'error converting fieldPath: field label not supported',
  ],
  resourceField: [
    /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)$/,
    'must be limits or requests of cpu, memory, ephemeral-storage or hugepages',
  ],
  groupVersion: [whole(domain, String.raw`\/v\d[a-z0-9]*`), 'apiVersion must specify API group'],
  jsonPath: [/^\.[^\s/]/, 'must be a simple json path starting with .'],
  specPath: [/^\.spec\.[^\s/.]/, 'should be a json path under .spec'],
  statusPath: [/^\.status\.[^\s/.]/, 'should be a json path under .status'],
  scalePath: [/^\.(?:spec|status)\.[^\s/.]/, 'should be a json path under either .spec or .status'],
  domainPath: [whole('(?=.{1,250}$)', domain, String.raw`/[\w.~%!$&'()*+,;=:/-]+`), 'must be like acme.io/foo'],
  cidr: [isCidr, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
  address: [isAddress, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
  percent: [/^\d+%$/, 'must be a number, or one and "%"'],
  share: [/^(?:\d\d?|100)%$/, 'must be a number, or one of no more than 100 and "%"'],
  schedule: [isSchedule, 'expected exactly 5 fields: minute, hour, day, month, and day of the week, in their ranges'],
  timeZone: [isTimeZone, 'must be a known time zone'],
  pattern: [compiles, 'must be a regular expression'],
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const isFormat = (word: string): word is FormatName => Object.hasOwn(formats, word);

/** What the server says of a text that is not of a format; undefined where it is. */
export function formatProblem(format: FormatName, text: string): string | undefined {
  const [test, says]: Format = formats[format];
  return (test instanceof RegExp ? test.test(text) : test(text)) ? undefined : says;
}

/** The formats that definitions of custom resources may name and that this server can tell; all others are taken. */
export const openApiFormats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) => /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  byte: isBase64,
  uuid: (text) => /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text),
  ipv4: (text) => isIP(text) === 4,
  ipv6: (text) => isIP(text) === 6,
  cidr: isCidr,
  email: (text) => /^\S+@\S+$/.test(text),
  uri: (text) => URL.canParse(text) || text.startsWith('/'),
  hostname: (text) => /^[a-zA-Z0-9][-.a-zA-Z0-9]*$/.test(text),
};

export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** Whether a text is a regular expression. */
export function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}

const cronRanges = ['0-59', '0-23', '1-31', '1-12', '0-7'].map((range) => range.split('-').map(Number));
const cronField = String.raw`(?:\*|\?|[\w-]+)(?:-\w+)?(?:\/\d+)?`;

/** Whether a text is a schedule as cron has it. */
function isSchedule(text: string): boolean {
  if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \d+[hms]+)$/.test(text)) return true;
  const fields = text.trim().split(/\s+/);
  const fits = (field: string, [low = 0, high = 0]: readonly number[] = []) =>
    whole(cronField, `(?:,${cronField})*`).test(field) &&
    [...field.replaceAll(/\/\d+/g, '').matchAll(/\d+/g)].every(
      ([number]) => Number(number) >= low && Number(number) <= high,
    );
  return fields.length === 5 && fields.every((field, index) => fits(field, cronRanges[index]));
}

const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** The number that a quantity such as `100m` or `1Gi` stands for. */
export function quantityOf(text: string): number {
  const [, number = '', suffix = '', binary] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]?)(i?)$/.exec(text) ?? [];
  const power = suffixes.indexOf(suffix === 'K' ? 'k' : suffix) - 3;
  return Number(number === '' ? NaN : number) * (binary === 'i' ? 1024 : 1000) ** power;
}
