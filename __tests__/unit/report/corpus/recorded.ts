import { readFileSync } from 'node:fs';

export type Recorded = { readonly exitCode: number; readonly output: string };

/** What really ran, by name: record.ts writes these files. */
export function recordedIn(file: 'corpus.txt' | 'cluster.txt'): ReadonlyMap<string, Recorded> {
  return new Map(
    readFileSync(new URL(file, import.meta.url), 'utf8')
      .split(/^=== /m)
      .slice(1)
      .map((text) => {
        const [, name = '', exitCode = ''] = /^(.*) \| .* \| exit (\d+)\n/.exec(text) ?? [];
        const [, ...output] = text.split('\n\n');
        return [name, { exitCode: Number(exitCode), output: output.join('\n\n') }];
      }),
  );
}
