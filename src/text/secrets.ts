/**
 * What the step sends, and no message repeats: its tokens, and the zip in base64. Each is hidden
 * where a service quotes it as it is, or as JSON, a URL, or base64 writes it. If a service quotes a
 * part of one, or writes it in another way, only the length of a long word is shown: see `clip`.
 */
export class Secrets {
  readonly #secrets = new Set<string>();

  add(secret: string): void {
    if (secret !== '') this.#secrets.add(secret);
  }

  /** A text with stars instead of the secrets. */
  hide(text: string): string {
    let shown = text;
    for (const secret of this.#secrets) {
      // No form is shorter than the secret, and writing a zip of megabytes in each takes a while.
      if (secret.length > text.length) continue;
      for (const form of formsOf(secret)) shown = shown.replaceAll(form, '***');
    }
    return shown;
  }
}

/** A secret as services write it. Of the characters of base64, JSON may escape two. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    secret.replaceAll('/', String.raw`\/`),
    // What .NET writes, and so perhaps ARM.
    secret.replaceAll('+', String.raw`\u002B`),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ];
}
