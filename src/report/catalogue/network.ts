import { describeAnswer, requestIds, serviceError, type Answer } from '../../azure/answer.ts';
import { rowsOf, type Row, type Signs } from './row.ts';

const row = rowsOf();

/** What can be in the way between the runner and any service, which did not answer then. The first row that fits wins. */
export const NETWORK: readonly Row[] = [
  row('untrusted-certificate', { status: 0, words: /\bcertificate\b|altnames/i }, [
    '{Noun:runner} does not trust the TLS certificate of the service.',
    'Something between {noun:runner} and Azure, such as a corporate proxy, may replace certificates. Set NODE_EXTRA_CA_CERTS to a file with its CA certificate, in PEM, on {noun:runner}.',
  ]),
  row('proxy-sign-in', { status: 0, words: /the proxy (?<proxy>\S{1,300}) answered 407/ }, [
    'The proxy {proxy} requires a sign-in.',
    'Put the user name and the password in HTTPS_PROXY on {noun:runner}: http://USER:PASSWORD@HOST:PORT.',
  ]),
  row('proxy-refused', { status: 0, words: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/ }, [
    'The proxy {proxy} refused the connection.',
    'Check HTTPS_PROXY and NO_PROXY on {noun:runner}, and that the proxy is running and allows the sign-in and ARM endpoints of the cloud.',
  ]),
];

/** What an answer says, for a report: its status, code, and message, and the IDs that Azure support asks for. Foreign text. */
export function wordsOf(answer: Answer | undefined): string {
  if (answer?.kind !== 'answered') return answer ? `Connection error: ${answer.cause}` : '';
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}

/** What an answer is looked up by. */
export function signsOf(answer: Answer): Signs & { readonly text: string } {
  if (answer.kind === 'unanswered') return { status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: answer.echoes ? '' : message };
}
