import type { Writable } from 'node:stream';

/** How a text got out. */
export type Written =
  | { readonly kind: 'written' }
  /** Who read it has gone, as `head` does: no error. */
  | { readonly kind: 'closed' }
  /** A full disk, for one. */
  | { readonly kind: 'failed'; readonly detail: string }
  /** Given up for a signal: a reader that takes nothing must not hold the process. */
  | { readonly kind: 'given-up' };

/** Writes all of a text, however slowly it is read. Never rejects. */
export function writeWhole(stream: Writable, text: string, givenUp: AbortSignal): Promise<Written> {
  return new Promise((resolve) => {
    const ended = (error: Error | null | undefined) => {
      if (!error) resolve({ kind: 'written' });
      else if ('code' in error && (error.code === 'EPIPE' || error.code === 'EOF')) resolve({ kind: 'closed' });
      else resolve({ kind: 'failed', detail: error.message });
    };
    // The same error comes as an event, too, and without a listener it would end the process.
    stream.on('error', ended);
    const giveUp = () => {
      resolve({ kind: 'given-up' });
    };
    givenUp.addEventListener('abort', giveUp, { once: true });
    stream.write(text, (error) => {
      givenUp.removeEventListener('abort', giveUp);
      ended(error);
    });
  });
}
