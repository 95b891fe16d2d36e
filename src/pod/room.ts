/**
 * How the 512 KiB that AKS keeps of a pod's output are shared where files are collected, in bytes. `pod-script.sh` and
 * `collect.sh` have the same numbers; a test compares them.
 */
export const ROOM = {
  /** What AKS keeps. */
  all: 524_288,
  /** For the lines that begin with the boundary. What is left is `room` in the script. */
  marks: 4_096,
  /** Shown while the command runs: 16 KiB, less the two bytes by which the two files below may exceed theirs. */
  early: 16_382,
  /** Of `$GITHUB_OUTPUT` and of the summary each: 64 KiB, and a byte that tells that there is more. */
  file: 65_537,
  /** The collected files as gzip and base64, line breaks included: 300 KiB. */
  bundle: 307_200,
} as const;

/** What is left for the end of a long output where all else takes as much as it may: 64 KiB. */
export const LEAST_TAIL = ROOM.all - ROOM.marks - ROOM.early - 2 * ROOM.file - ROOM.bundle;

/** What the collected files may be, kept by `collect.sh` and checked by who reads them. */
export const COLLECT_LIMITS = {
  /** As {@link ROOM}'s. */
  sent: ROOM.bundle,
  /** Bytes of all files together, 32 MiB. */
  unpacked: 33_554_432,
  files: 2_000,
  /** How many of the things left out are named. */
  leftOut: 20,
} as const;
