import { withoutCutEnd } from './cut.ts';

/**
 * Sentences have no words longer than this, but a zip in base64 is one, even in lines of 76
 * characters (RFC 2045), and so is a token.
 */
const LONGEST_WORD = 75;
const MAX_TEXT = 1500;

/** Long words that a sentence may well have, without the punctuation around them. */
const RESOURCE_ID = /^(?:\/[\w.()-]{1,90}){2,40}$/;
const IMAGE = /^[\w.:/-]{1,200}@sha256:[0-9a-f]{64}$/;
const URL_WITHOUT_QUERY = /^https?:\/\/[\w.:[\]-]{1,260}(?:\/[\w.~%()-]{0,90}){0,40}$/i;
const PUNCTUATION = /^["'`([{<]{1,5}|["'`)\]}>.,;:]{1,5}$/g;

/**
 * What a service said, so that a message that quotes it stays readable. A service may quote a part of
 * a request, or write it in a way that {@link Secrets} does not know. So of a long word, only its
 * length is shown, unless it is a resource ID, an image with a digest, or a URL without a query.
 */
export function clip(text: string): string {
  const words = text.replaceAll(/\S+/g, (word) =>
    word.length > LONGEST_WORD && !isKnownForm(word) ? `… (${word.length} characters)` : word,
  );
  return words.length > MAX_TEXT ? `${withoutCutEnd(words.slice(0, MAX_TEXT))}…` : words;
}

function isKnownForm(word: string): boolean {
  const bare = word.replaceAll(PUNCTUATION, '');
  return [RESOURCE_ID, IMAGE, URL_WITHOUT_QUERY].some((form) => form.test(bare));
}
