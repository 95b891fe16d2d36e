/** The input `shell`. If it is empty, the command runs in bash if the pod has it, and otherwise in sh. */
export type Shell = '' | 'bash' | 'sh';

/** Quotes a text as one word of a POSIX shell. It must not contain NUL, which no shell can hold. */
export function quote(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
