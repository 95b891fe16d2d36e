import type { AccessToken, TokenCredential } from '@azure/identity';
import { describeAnswer, isFromEntra, isTransient, type Answer } from '../../azure/answer.ts';
import { messageOf } from '../../failure.ts';
import { field, parseJson } from '../../text/json.ts';
import {
  credentialOptions,
  quotable,
  TimeoutError,
  within,
  type EdgePorts,
} from '../http/client.ts';

/** The shortest text that counts as a token. Azure's and GitHub's have hundreds of characters. */
const MIN_TOKEN_LENGTH = 20;

/**
 * Whether a text can be a token. Every token is masked, and the mask of a shorter text, or of one
 * with white space, would hide parts of ordinary words in everything that the step shows.
 */
export function canBeToken(text: string): boolean {
  return text.length >= MIN_TOKEN_LENGTH && !/\s/.test(text);
}

/** An answer without a usable token counts as none: another attempt may get one. */
export function noUsableToken(kind: 'access token' | 'ID token'): Answer {
  return unanswered(`the answer contains no usable ${kind}`);
}

function unanswered(cause: string): Answer {
  return { kind: 'unanswered', sent: 'perhaps', cause };
}

/**
 * Asks Entra for an access token, with one request. The credential is new each time: MSAL keeps a
 * token that was rejected, and after a 429 or 5xx, it answers from its own cache for a minute.
 *
 * @returns the token, or why there is none
 */
export async function tokenFromEntra(
  resource: string,
  authority: string,
  create: (options: ReturnType<typeof credentialOptions>) => TokenCredential,
  ports: EdgePorts,
): Promise<AccessToken | Answer> {
  let last: Answer | undefined;
  const options = credentialOptions(authority, ports, (answer) => {
    last = answer;
  });
  try {
    const credential = create(options);
    const token = await within(30_000, ports.clock, (abortSignal) =>
      credential.getToken(`${resource}/.default`, { abortSignal }),
    );
    return token !== null && canBeToken(token.token) ? token : noUsableToken('access token');
  } catch (error) {
    return failedAnswer(last, error, ports);
  }
}

/** Why there is no token: Entra's last answer, if it is one, or the words of MSAL. */
function failedAnswer(last: Answer | undefined, error: unknown, { secrets }: EdgePorts): Answer {
  const words = quotable(messageOf(error), secrets);
  if (error instanceof TimeoutError) return unanswered(words);
  // Nothing was sent, since something is missing that the credential needs.
  if (last === undefined) return { kind: 'unanswered', sent: 'blocked', cause: words };
  if (last.kind === 'unanswered' || isTransient(last)) return last;
  if (isFromEntra(last)) return last;
  if (field(parseJson(last.body), 'access_token') !== undefined) return unanswered(words);

  // A redirect, or the page of a firewall or captive portal, is no refusal of Entra's.
  return unanswered(`the answer is not from Entra: ${describeAnswer(last)}`);
}
