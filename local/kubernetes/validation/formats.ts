import { isIP } from 'node:net';
import { isPattern } from './patterns.ts';

const label = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const domain = String.raw`[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*`;
const name = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const whole = (...parts: readonly string[]) => new RegExp(`^${parts.join('')}$`);
const subdomain = (most: number) => whole(`(?=.{1,${most}}$)`, domain);
const decoded = (base64: string) => Buffer.from(base64, 'base64').toString();
const timeZones = ['UTC', 'Etc/UTC', ...Intl.supportedValuesOf('timeZone')];
const qualified = whole(`(?:(?=[^/]{1,253}/)${domain}/)?`, name);

type Format = readonly [test: RegExp | ((text: string) => boolean), says: string];

/** Formats of texts: how to check one, and what to say about a text that fails. */
const formats = {
  subdomain: [
    subdomain(253),
    'must be a lowercase RFC 1123 subdomain: letters, digits, "-" and "." (example.com)',
  ],
  label: [
    whole(label),
    'must be a lowercase RFC 1123 label: at most 63 letters, digits and "-" (my-name)',
  ],
  rfc1035: [
    whole('(?=[a-z])', label),
    'must be a DNS-1035 label: at most 63 letters, digits and "-", first a letter',
  ],
  jobName: [subdomain(63), 'must be a lowercase RFC 1123 subdomain of no more than 63 characters'],
  cronJobName: [
    subdomain(52),
    'must be a lowercase RFC 1123 subdomain of no more than 52 characters',
  ],
  segment: [/^(?!\.\.?$)[^/%]+$/, "may not be '.' or '..', and may not contain '/' or '%'"],
  labelValue: [
    whole(`(?:${name})?`),
    'a valid label is at most 63 letters, digits, "-", "_" and ".", or empty',
  ],
  qualified: [
    qualified,
    'must be at most 63 letters, digits, "-", "_" and ".", perhaps behind example.com/',
  ],
  annotation: [
    (text) => qualified.test(text.toLowerCase()),
    'must be a name like example.com/my.name',
  ],
  configKey: [
    /^(?!\.\.|\.$)[-._a-zA-Z0-9]{1,253}$/,
    'must consist of letters, digits, "-", "_" and "."',
  ],
  environmentName: [
    /^[\x20-\x3c\x3e-\x7e]+$/,
    'must consist only of printable ASCII characters other than "="',
  ],
  resourceName: [
    /^(?:cpu|memory|storage|ephemeral-storage|hugepages-.+|.+\/.+)$/,
    'must be a standard resource type',
  ],
  portName: [
    /^(?=.*[a-z])(?=.{1,15}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'must be at most 15 letters, digits and "-"',
  ],
  host: [
    (text) => isIP(text) === 0 && subdomain(253).test(text.replace(/^\*\./, '')),
    'must be a DNS name',
  ],
  mixedCase: [
    new RegExp(`^(?=[a-z])${label}$`, 'i'),
    'must be at most 63 letters, digits and "-", first a letter',
  ],
  relative: [
    /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))/,
    'must be a relative path, and must not contain ".."',
  ],
  absolute: [
    /^(?!.*(?:\/\/|\/\.\.?(?:\/|$)|%2f))\//i,
    'must be an absolute path without "//", ".", and ".."',
  ],
  domainPath: [
    whole('(?=.{1,250}$)', domain, String.raw`/[\w.~%!$&'()*+,;=:/-]+`),
    'must be like acme.io/foo',
  ],
  cidr: [isCidr, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
  clusterIP: [
    (text) => text === 'None' || (isIP(text) > 0 && text.startsWith('10.0.')),
    'must be in 10.0.0.0/16',
  ],
  protected: [/(?:^|\.)(?:k8s|kubernetes)\.io$/, 'must be a group of Kubernetes'],
  schedule: [isSchedule, 'must be minute, hour, day, month, and day of the week, in their ranges'],
  timeZone: [(text) => timeZones.includes(text), 'must be a known time zone'],
  pattern: [isPattern, 'must be a regular expression'],
  dockerConfig: [
    (text) => isMade(() => JSON.parse(decoded(text))) && /^\s*{/.test(decoded(text)),
    'must be JSON',
  ],
  byte: [
    (text) => /^(?=(?:.{4})*$)[A-Za-z0-9+/]*={0,2}$/.test(text.replaceAll(/[\r\n]/g, '')),
    'must be in base64',
  ],
  positive: [(text) => quantityOf(text) > 0, 'must be greater than zero'],
  quantity: [
    /^\+?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/,
    'must be a quantity like 100m or 1Gi',
  ],
} satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats);

/**
 * What is wrong with a text of this format; undefined if nothing is, or if there is no such format.
 */
export function formatProblem(format: string, text: string): string | undefined {
  const known: Readonly<Record<string, Format>> = formats;
  const [test, says] = known[format] ?? [];
  if (test === undefined) return undefined;

  const fits = test instanceof RegExp ? test.test(text) : test(text);
  return fits ? undefined : says;
}

function isCidr(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  return (
    /^\d+$/.test(bits) && isIP(address) > 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128)
  );
}

/** Whether something can be constructed without an error. */
function isMade(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

/**
 * The fields of a schedule: minute, hour, day, month, day of the week. Each has its lowest and its
 * highest number, and the names of the numbers from 0 on.
 */
const cronFields = [
  '0 59',
  '0 23',
  '1 31',
  '1 12 - jan feb mar apr may jun jul aug sep oct nov dec',
  '0 6 sun mon tue wed thu fri sat',
].map((text) => text.split(' '));

/** Whether a text is a schedule by Kubernetes' rules: Sunday is 0, not 7. */
function isSchedule(text: string): boolean {
  const fields = text.trim().toLowerCase().split(/\s+/);
  const fits = (part: string, [low, high, ...names]: readonly string[] = []) => {
    const [, star, from = '', to = from, step = 1] =
      /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const numbers = [low, from, to, high].map((one = '') =>
      /^\d+$/.test(one) ? Number(one) : names.indexOf(one),
    );
    const isRange = numbers.every((one, index) => one >= (numbers[index - 1] ?? 0));
    return Number(step) > 0 && (star !== undefined || isRange);
  };
  const isNamed =
    /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every (?:\d+[hms])+)$/.test(text);
  const isGiven = (field: string, index: number) =>
    field.split(',').every((part) => fits(part, cronFields[index]));
  return isNamed || (fields.length === 5 && fields.every(isGiven));
}

const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** The number that a quantity such as `100m` or `1Gi` stands for; NaN if it is not a quantity. */
export function quantityOf(text: string): number {
  const [, number = '', suffix = '', binary] =
    /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]?)(i?)$/.exec(text) ?? [];
  const power = suffixes.indexOf(suffix === 'K' ? 'k' : suffix) - 3;
  return Number(number === '' ? NaN : number) * (binary === 'i' ? 1024 : 1000) ** power;
}
