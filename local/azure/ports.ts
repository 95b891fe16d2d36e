/**
 * What the stand-in gets from the world (a clock, a pod) and what it gives back (HTTP answers). The
 * handlers know nothing else, so a test can run hours of Azure in simulated time with a pod that is
 * a function.
 */

/** A request as it came over the wire. */
export type HttpRequest = Readonly<{
  method: string;
  /** Path and query. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

/** An answer as it goes over the wire. */
export type HttpResponse = Readonly<{
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

/** What happens to a request: an answer, a connection broken without one, or silence. */
export type Outcome = Readonly<
  { kind: 'answer'; response: HttpResponse } | { kind: 'reset' } | { kind: 'hang' }
>;

/** The only source of time. */
export type Clock = Readonly<{
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
}>;

/** One command, as the cluster passes it to its pod. */
export type PodSpec = Readonly<{
  /** 32 hex digits. */
  commandId: string;
  /** The `command` of the request body. */
  command: string;
  /** The `context` of the request body, decoded: a zip, or empty if the request had no files. */
  context: Buffer;
  /** Resource id of the cluster. */
  cluster: string;
  /**
   * Aborted when the container is killed. The runner then ends with the output so far and exit code
   * 137.
   */
  kill: AbortSignal;
}>;

/** What a container left behind. */
export type PodResult = Readonly<{
  exitCode: number;
  /** stdout and stderr, merged in the order they were written. */
  logs: Buffer;
}>;

/**
 * Runs a command to its end. `started` is called when the container starts, which may be late or
 * never. A rejection shows as the state `Failed`, with the error's message as `reason`.
 */
export type PodRunner = (
  spec: PodSpec,
  events: Readonly<{ started(): void }>,
) => Promise<PodResult>;
