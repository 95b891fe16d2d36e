import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll } from '@jest/globals';
import { demo, type LocalAzure, type LocalAzureOptions } from '../../../local/azure/index.ts';
import { Secrets } from '../../../src/text/secrets.ts';
import { StepError, type Failure } from '../../../src/failure.ts';
import type { Clock } from '../../../src/clock.ts';
import { standIn } from '../../support/stand-in.ts';
import { keptHost, ports } from '../ports.ts';

/** The edge against the stand-in, over real TLS on the loopback. */

export const APPLICATION = {
  clientId: demo.clientId,
  tenantId: demo.tenantId,
  audience: 'api://AzureADTokenExchange',
} as const;

/**
 * This process trusts these certificates, and no others, until the function that it returns is
 * called.
 */
export function trust(...certificates: string[]): () => void {
  const usual = getCACertificates('default');
  setDefaultCACertificates(certificates);
  return () => {
    setDefaultCACertificates(usual);
  };
}

/** A stand-in for the tests of a file, which this process trusts meanwhile. */
export function trustedStandIn(options: Partial<LocalAzureOptions> = {}): () => LocalAzure {
  const azure = standIn({ pod: () => Promise.reject(new Error('No command here')), ...options });
  let distrust: (() => void) | undefined;
  beforeAll(() => {
    distrust = trust(readFileSync(azure().caFile, 'utf8'));
  });
  afterAll(() => distrust?.());
  return azure;
}

/**
 * Time in which pauses pass at once, and a wait for an answer, which is longer, only when a test
 * says so.
 */
export function patientClock() {
  let ahead = 0;
  let stopped: number | undefined;
  const limits = new Set<() => void>();
  const now = () => stopped ?? Date.now() + ahead;
  const clock: Clock = {
    now,
    monotonic: now,
    async sleep(milliseconds, signal) {
      if (milliseconds < 20_000) {
        ahead += milliseconds;
        await setImmediate();
      } else {
        await new Promise<void>((resolve) => {
          limits.add(resolve);
          signal?.addEventListener('abort', () => {
            limits.delete(resolve);
            resolve();
          });
        });
      }
    },
  };
  return {
    ...clock,
    /** Stops the clock at this time, in milliseconds since the epoch. */
    stopAt(now: number) {
      stopped = now;
    },
    /** Every wait for an answer is over. */
    endWaits() {
      for (const end of limits) end();
    },
    /** How many answers are waited for. */
    waits: () => limits.size,
  };
}

/** What signing in needs from the world, in a job of the stand-in. */
export function jobAt(
  azure: LocalAzure,
  variables: Readonly<Record<string, string>> = azure.runnerEnv(),
) {
  const host = keptHost({}, variables);
  return {
    ...ports(),
    clock: patientClock(),
    secrets: new Secrets(),
    host,
    log: host.log,
    transcript: host.transcript,
  };
}

/** How many requests of each kind the stand-in got since. */
export function counting(azure: LocalAzure): () => Readonly<Record<string, number>> {
  const before = azure.requests().length;
  return () => {
    const counts: Record<string, number> = {};
    for (const { operation } of azure.requests().slice(before))
      counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  };
}

export function failureOf(work: Promise<unknown>): Promise<Failure | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof StepError ? error.failure : undefined),
  );
}

/** The port of the loopback address on which a server listens from now on. */
export async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Makes a server of HTTP a proxy that opens tunnels to this machine, whatever name it is asked for.
 */
export function openingTunnels<S extends HttpServer>(
  server: S,
  see: (asked: IncomingMessage) => void,
): S {
  return server.on('connect', (request: IncomingMessage, socket: Socket) => {
    see(request);
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const [end, other] of [[socket, upstream] as const, [upstream, socket] as const]) {
      end.on('error', () => other.destroy());
    }
  });
}
