/** The input `shell`; empty for bash where the pod has it, else sh. */
export type Shell = '' | 'bash' | 'sh';

/** The text as one word of a POSIX shell. NUL, which no shell can hold, must not be in it. */
export function quote(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
