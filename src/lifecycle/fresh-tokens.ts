import type { Answer } from '../azure/answer.ts';
import type { Azure } from '../azure/port.ts';
import { say } from '../text/say.ts';
import type { LifecyclePorts } from './ports.ts';

/** How soon new tokens are requested again while Azure rejects them. */
const RENEWAL_MS = 60_000;

/**
 * Sends requests that are safe to repeat. If ARM rejects the tokens of one, sends it once more with
 * new ones, at most once a minute.
 */
export function withFreshTokens({
  azure,
  clock,
  log,
}: LifecyclePorts): (call: () => Promise<Answer>) => Promise<Answer> {
  let renewedAt = -Infinity;
  return async (call) => {
    const answer = await call();
    const isRejected = answer.kind === 'answered' && answer.status === 401;
    if (!isRejected || clock.monotonic() - renewedAt < RENEWAL_MS) return answer;

    renewedAt = clock.monotonic();
    renewTokens(azure, log);
    return call();
  };
}

/** Makes the next call to ARM ask for new tokens. */
export function renewTokens(azure: Azure, log: LifecyclePorts['log']): void {
  log.info(say`Azure rejected the access token. Requesting a new one.`);
  azure.forgetTokens();
}
