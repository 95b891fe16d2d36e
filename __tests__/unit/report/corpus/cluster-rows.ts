import type { CorpusRow } from './row.ts';

export const CLUSTER_ROWS: readonly CorpusRow[] = [];
