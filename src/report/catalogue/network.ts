import { serviceError, type Answer } from '../../azure/answer.ts';
import { capitalized, say } from '../../text/say.ts';
import { row, type Signs } from './row.ts';

/**
 * What can come between the runner and a service that did not answer. The first row that fits wins.
 */
export const NETWORK = [
  row('untrusted-certificate', { status: 0, text: /\bcertificate\b|altnames/i }, ({ words }) => ({
    line: say`${capitalized(words.runner)} does not trust the TLS certificate of the service`,
    remedy: [
      say`
        Something between ${words.runner} and Azure, such as a corporate proxy, may replace
        certificates. Set ${'NODE_EXTRA_CA_CERTS'} to a file with its CA certificate, in PEM, on
        ${words.runner}.
      `,
    ],
  })),
  row(
    'proxy-sign-in',
    { status: 0, text: /the proxy (?<proxy>\S{1,300}) answered 407/ },
    ({ words }, { proxy }) => ({
      line: say`The proxy ${proxy} requires a sign-in`,
      section: 'entra-unreachable',
      remedy: [
        say`
          Put the user name and the password in ${'HTTPS_PROXY'} on ${words.runner}:
          ${'http://USER:PASSWORD@HOST:PORT'}.
        `,
      ],
    }),
  ),
  row(
    'proxy-refused',
    { status: 0, text: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/ },
    ({ words }, { proxy }) => ({
      line: say`The proxy ${proxy} refused the connection`,
      section: 'entra-unreachable',
      remedy: [
        say`
          Check ${'HTTPS_PROXY'} and ${'NO_PROXY'} on ${words.runner}, and that the proxy is running
          and allows the sign-in and ARM endpoints of the cloud.
        `,
      ],
    }),
  ),
];

export const ARM_UNREACHABLE = row('arm-unreachable', { status: 0 }, ({ cloud, words }) => ({
  line: say`Azure Resource Manager did not answer`,
  section: 'entra-unreachable',
  remedy: [
    say`
      Check that ${words.runner} can reach the ARM endpoint of the cloud (${cloud.name}): name
      resolution, firewall, proxy. Then ${words.rerun}.
    `,
  ],
}));

/** What an answer can be looked up by. */
export function signsOf(answer: Answer): Signs & { readonly text: string } {
  if (answer.kind === 'unanswered') return { status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: message };
}
