import type { Row } from './row.ts';

/** Whose requests these rows are about: whoever was asked, the way there is the same. */
const ASKED = ['entra', 'arm', 'network'] as const;

/** What is on the way between the runner and a service. The first row that fits counts. */
export const NETWORK: readonly Row[] = ASKED.flatMap((service) => [
  {
    section: 'untrusted-certificate',
    match: { service, words: /\bcertificate\b|altnames/i },
    sentence: '{Noun:runner} does not trust the TLS certificate of the service.',
    move: 'Something between {noun:runner} and Azure, such as a corporate proxy, may replace certificates. Set NODE_EXTRA_CA_CERTS to a file with its CA certificate, in PEM, on {noun:runner}.',
  },
  {
    section: 'proxy-sign-in',
    match: { service, words: /the proxy (?<proxy>\S{1,300}) answered 407/ },
    sentence: 'The proxy {proxy} requires a sign-in.',
    move: 'Put the user name and the password in HTTPS_PROXY on {noun:runner}: http://USER:PASSWORD@HOST:PORT.',
  },
  {
    section: 'proxy-refused',
    match: { service, words: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/ },
    sentence: 'The proxy {proxy} refused the connection.',
    move: 'Check HTTPS_PROXY and NO_PROXY on {noun:runner}, and that the proxy is running and allows the sign-in and ARM endpoints of the cloud.',
  },
]);
