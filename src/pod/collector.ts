import type { CollectedFile } from './bundle.ts';

/** Where collected files go, as a port. */
export type Collector = {
  /**
   * Writes the files into a folder of their own: 0644, folders 0755, no link followed.
   *
   * @throws Error where the disk does not take them; then nothing is left of them.
   */
  keep(files: readonly CollectedFile[]): Promise<Kept>;
};

/** What became of the files. */
type Kept = {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Names that this system cannot hold, which were left out. Foreign text. */
  readonly unheld: readonly string[];
};
