/**
 * Quotes a text as one word of a POSIX shell, or of zsh, which replaces `=ls` with the path of `ls`.
 * It must not contain NUL, which no shell can hold.
 */
export function quote(value: string): string {
  return /^(?!=)[A-Za-z0-9_@%+=:,./-]+$/.test(value)
    ? value
    : `'${value.replaceAll("'", `'\\''`)}'`;
}
