import { getEventListeners, once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import {
  createAzure,
  createSimulatedClock,
  type Azure,
  type AzureOptions,
  type HttpRequest,
  type HttpResponse,
  type Operation,
} from '../../local/azure/index.ts';
import { defaultInputs } from '../../local/azure/domain.ts';
import { routeOf } from '../../local/azure/routes.ts';
import { runnerEnv } from '../../local/github/environment.ts';
import { readAction } from '../../local/github/step.ts';
import type { Target } from '../../src/azure/port.ts';
import type { Clock } from '../../src/clock.ts';
import { azureFor } from '../../src/edge/azure.ts';
import type { EdgePorts } from '../../src/edge/http/client.ts';
import { WORKFLOW, type Words } from '../../src/hosts/words.ts';
import { main } from '../../src/main.ts';
import { postStep } from '../../src/post-step.ts';
import { fakePod } from '../support/fake-pod.ts';
import { fakeStop } from '../support/fake-stop.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { keptHost } from '../unit/ports.ts';

/**
 * A whole run in simulated time: `main` with the real Azure edge (SDK, MSAL and all), whose
 * requests go straight into the stand-in. Only the wire, the clock, the host and the pod are made
 * up.
 */

const URL_OF_AZURE = 'https://localhost:4433';
const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const { inputs: defaults } = await readAction(REPOSITORY);
const runScript = readFileSync(path.join(REPOSITORY, 'src/pod/run.sh'), 'utf8');
const stopScript = readFileSync(path.join(REPOSITORY, 'src/pod/stop.sh'), 'utf8');
const messages = readFileSync(path.join(REPOSITORY, 'src/messages/messages.md'), 'utf8');

/**
 * What the wire does, beside the stand-in's own faults: Node's error code, an answer that takes its
 * time, or another answer.
 */
export type WireFault = {
  readonly on: Operation;
  readonly do:
    | { readonly code: string }
    | { readonly answersLaterMs: number }
    | { readonly rewrites: Rewrite };
  readonly skip?: number;
  readonly times?: number;
};

/**
 * Whoever stands between the step and Azure, and reads everything: what differs from the true
 * answer, or the code of a connection that breaks.
 */
export type Rewrite = (
  answer: HttpResponse,
  request: HttpRequest,
) => Partial<HttpResponse> | string;

/** An answer that is dated so much later than it is. */
export const datedAhead =
  (ms: number): Rewrite =>
  ({ headers }) => ({ headers: withDateAhead(headers, ms) });

function withDateAhead(headers: HttpResponse['headers'], ms: number): HttpResponse['headers'] {
  const { date } = headers;
  if (date === undefined) return headers;
  return { ...headers, date: new Date(Date.parse(date) + ms).toUTCString() };
}

/**
 * What happens for a while, from so many milliseconds after the answer to the first submission on.
 */
export type Spell = {
  readonly afterMs: number;
  readonly forMs: number;
};

/** So long after the answer to the first submission, a clock is set ahead, or, if negative, back. */
export type ClockSet = {
  readonly afterMs: number;
  readonly byMs: number;
};

export type SimulationOptions = Partial<Omit<AzureOptions, 'clock' | 'pod' | 'url'>> & {
  readonly wire?: readonly WireFault[];
  /** Nothing reaches Azure: each request fails with Node's error code, or a gateway answers it. */
  readonly outage?: (Spell & { readonly as: string | number }) | undefined;
  /** The machine sleeps: its monotonic clock stands still, and the world goes on. */
  readonly suspended?: Spell | undefined;
  /** The runner's own clock is set. Its monotonic clock goes on. */
  readonly runnerSet?: ClockSet | undefined;
  /** The clock is set that dates all answers, which may be a proxy's. */
  readonly datesSet?: ClockSet | undefined;
  /** Milliseconds that the clocks of the cluster's nodes are ahead of Azure's. */
  readonly podClockOffset?: number;
  /** What the command does. */
  readonly command?: Partial<FakeCommand>;
  /** Takes headers from every answer. */
  readonly withoutHeader?: string | undefined;
};

type FakeCommand = {
  readonly seconds: number;
  readonly exitCode: number;
  readonly output: string;
  /** What it writes to `$GITHUB_OUTPUT`. */
  readonly outputs: string;
  /** Seconds that the script takes before the command begins. */
  readonly beginsAfter: number;
  /** Whether what is to stop the command finds its process. */
  readonly isFound: boolean;
  /** Seconds that the command takes to end after SIGTERM. */
  readonly endsAfter: number;
};

/** What happens to a step while it runs. */
export type During = {
  /**
   * Cancels it that many simulated milliseconds after the first request of this operation arrived.
   */
  readonly cancel?: { readonly on: Operation; readonly afterMs: number; readonly nth?: number };
  /** Whose words the host has: a workflow's by default. */
  readonly words?: Words;
};

/** An answer whose date stands still, as that of a cache. The simulation begins at noon. */
export const datedAtNoon: Rewrite = ({ headers }) => ({
  headers: { ...headers, date: new Date(Date.UTC(2026, 10, 25, 12)).toUTCString() },
});

export function simulate(options: SimulationOptions = {}) {
  const {
    wire = [],
    outage,
    suspended,
    runnerSet,
    datesSet,
    podClockOffset = 0,
    command,
    withoutHeader,
    clockOffset = 0,
    ...azureOptions
  } = options;
  const simulated = createSimulatedClock(Date.UTC(2026, 10, 25, 12, 0, 0, 637));
  jest.setSystemTime(simulated.now());
  const shiftOf = (set: ClockSet | undefined) => {
    const at = (answeredAt ?? Infinity) + (set?.afterMs ?? Infinity);
    return simulated.now() < at ? 0 : (set?.byMs ?? 0);
  };
  const ofRunner = () => simulated.now() + shiftOf(runnerSet);
  const sleep = async (ms: number): Promise<void> => {
    await simulated.sleep(ms);
    jest.setSystemTime(ofRunner());
  };
  let answeredAt: number | undefined;
  const spellOf = (spell: Spell | undefined) => {
    const from = (answeredAt ?? Infinity) + (spell?.afterMs ?? Infinity);
    return { from, until: from + (spell?.forMs ?? 0) };
  };
  const isDown = () => {
    const { from, until } = spellOf(outage);
    return simulated.now() >= from && simulated.now() < until;
  };
  /** How long the machine sleeps during the next milliseconds that it is awake. */
  const asleepWithin = (awake: number) => {
    const { from, until } = spellOf(suspended);
    const now = simulated.now();
    return now + awake > from ? Math.max(0, until - Math.max(now, from)) : 0;
  };
  const clock: Clock & Pick<typeof simulated, 'advance'> = {
    now: ofRunner,
    monotonic() {
      const { from, until } = spellOf(suspended);
      const now = simulated.now();
      return now <= from ? now : Math.max(from, now - (until - from));
    },
    async sleep(awake, signal) {
      const ms = awake + asleepWithin(awake);
      if (signal?.aborted === true) return;
      const aborted = Promise.withResolvers<undefined>();
      const wake = () => {
        aborted.resolve(undefined);
      };
      signal?.addEventListener('abort', wake, { once: true });
      await Promise.race([sleep(ms), aborted.promise]);
      signal?.removeEventListener('abort', wake);
    },
    advance: simulated.advance,
  };

  let runs = 0;
  const exitCodes: number[] = [];
  let boundaries = 0;
  const { seconds = 2, exitCode = 0, output = 'hello\n' } = command ?? {};
  const { beginsAfter = 0, endsAfter = 1, isFound = true, outputs = '' } = command ?? {};
  const podClock = () => simulated.now() + clockOffset + podClockOffset;
  const commands = fakeStop({ now: podClock, sleep });
  const pod = fakePod({
    now: podClock,
    prepare: () => (beginsAfter > 0 ? sleep(beginsAfter * 1000) : Promise.resolve()),
    async run(text, { zip, kill, spec }) {
      if (text === stopScript) return commands.stop(zip.readAsText('.aks-run-command/env.sh'));
      runs += 1;
      const terminated = commands.begin(spec, isFound);
      const signals = [once(kill, 'abort'), once(terminated, 'abort')];
      await Promise.race([sleep(seconds * 1000), ...signals]);
      const isTerminated = terminated.aborted && !kill.aborted;
      if (isTerminated) await Promise.race([sleep(endsAfter * 1000), once(kill, 'abort')]);
      commands.end(spec);
      const own = isTerminated ? 143 : exitCode;
      exitCodes.push(kill.aborted ? 137 : own);
      return { exitCode: own, output, outputs };
    },
  });
  const arm = { clockOffset, clock: { now: simulated.now, sleep }, pod, url: URL_OF_AZURE };
  const azure = createAzure({ ...azureOptions, ...arm });
  const posted = () => azure.requests('run-command').length;
  const strayed: string[] = [];
  const arrivals = new Map<Operation, number>();
  const listeners = new Set<(operation: Operation, count: number) => void>();
  const faultsLeft = wire.map((fault) => ({
    ...fault,
    skip: fault.skip ?? 0,
    times: fault.times ?? 1,
  }));

  /** What the wire does to the next request of an operation. */
  function faultOf(operation: Operation): WireFault['do'] | undefined {
    for (const fault of faultsLeft) {
      if (fault.on !== operation || fault.times === 0) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      return fault.do;
    }
    return undefined;
  }

  const dateNow = () => new Date(simulated.now() + clockOffset).toUTCString();

  async function send(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body = '',
  ) {
    const { origin, pathname, search } = new URL(url);
    if (origin !== URL_OF_AZURE) {
      strayed.push(origin);
      throw networkError('ENOTFOUND');
    }
    const request = { method, url: pathname + search, headers, body };
    const { operation } = routeOf(request);
    const count = (arrivals.get(operation) ?? 0) + 1;
    arrivals.set(operation, count);
    for (const listen of listeners) listen(operation, count);

    if (isDown() && typeof outage?.as === 'string') throw networkError(outage.as);
    if (isDown() && typeof outage?.as === 'number') {
      return { status: outage.as, headers: { date: dateNow() }, body: '<html>Down</html>' };
    }
    const fault = faultOf(operation);
    if (fault && 'code' in fault) throw networkError(fault.code);
    const outcome = await azure.handle(request);
    if (operation === 'run-command') answeredAt ??= simulated.now();
    if (outcome.kind === 'reset') throw networkError('ECONNRESET');
    if (outcome.kind === 'hang') return await new Promise<never>(() => undefined);

    const answer: Record<string, string> = { ...outcome.response.headers };
    if (fault && 'answersLaterMs' in fault) {
      await sleep(fault.answersLaterMs);
      // The content is old then, but not the time that the sender stamps on it.
      answer['date'] = dateNow();
    }
    if (withoutHeader !== undefined) Reflect.deleteProperty(answer, withoutHeader);
    const response = { ...outcome.response, headers: answer };
    if (fault === undefined || !('rewrites' in fault)) return response;
    const rewritten = fault.rewrites(response, request);
    if (typeof rewritten === 'string') throw networkError(rewritten);
    return { ...response, ...rewritten };
  }

  const transport: NonNullable<EdgePorts['transport']> = {
    async sendRequest(request) {
      const requestBody = typeof request.body === 'string' ? request.body : '';
      const answered = send(request.method, request.url, request.headers.toJSON(), requestBody);
      const aborted = Promise.withResolvers<never>();
      request.abortSignal?.addEventListener('abort', () => {
        aborted.reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
      });
      const { status, headers, body } = await Promise.race([answered, aborted.promise]);
      const dated = withDateAhead(headers, shiftOf(datesSet));
      // Nobody reads it before the machine is awake.
      const asleep = asleepWithin(0);
      if (asleep > 0) await sleep(asleep);
      return { request, status, headers: httpHeaders(dated), bodyAsText: body };
    },
  };

  /** @param state what the step has saved, if this is its post step */
  async function start(
    inputs: Readonly<Record<string, string>>,
    { cancel, words = WORKFLOW }: During = {},
    state?: string,
  ) {
    const { host: workflowHost, left } = fakeHost(inputs, azure, state);
    const host = { ...workflowHost, words };
    const abort = new AbortController();
    // The most listeners for a cancel at any time: it shows whatever grows in a long run.
    let mostListeners = 0;
    listeners.add(() => {
      mostListeners = Math.max(mostListeners, getEventListeners(abort.signal, 'abort').length);
    });
    let atCancel: { cancelledAt?: number; postedBeforeCancel?: number } = {};
    if (cancel) {
      listeners.add((operation, count) => {
        if (operation !== cancel.on || count !== (cancel.nth ?? 1)) return;
        void sleep(cancel.afterMs).then(() => {
          atCancel = { cancelledAt: clock.monotonic(), postedBeforeCancel: posted() };
          abort.abort();
        });
      });
    }
    const shared = { host, clock, cancelled: abort.signal, random: numbers() };
    const world = {
      ...shared,
      disk: memoryDisk({}),
      azureFor: (read: Target, cancelled: AbortSignal) =>
        azureFor(read, { ...shared, cancelled, transport }),
      runScript,
      collectScript: 'collect',
      stopScript,
      messages,
      randomHex: (bytes: number) => {
        boundaries += 1;
        return boundaries.toString(16).padStart(bytes * 2, '0');
      },
    };
    const success = state === undefined ? (await main(world)).success : await postStep(world);
    const atEnd = { endedAt: clock.monotonic(), postedAtEnd: posted() };
    return { ...left(), ...atCancel, ...atEnd, mostListeners, success };
  }

  return {
    azure,
    clock,
    /** Runs the step to its end. */
    run: (inputs: Readonly<Record<string, string>>, during?: During) =>
      simulated.drive(start(inputs, during)),
    /** Runs the post step of a step that has saved this. */
    runPostStep: (state: string, inputs: Readonly<Record<string, string>>, during?: During) =>
      simulated.drive(start({ 'on-cancel': 'stop', ...inputs }, during, state)),
    /** Runs several steps at once. */
    runAll: (steps: readonly Readonly<Record<string, string>>[]) =>
      simulated.drive(Promise.all(steps.map((inputs) => start(inputs)))),
    /** How often the command was submitted to ARM, and how often it ran. */
    posted,
    ran: () => runs,
    /** Those of the commands that ran and ended, in the order in which they ended. */
    exitCodes: () => [...exitCodes],
    /** Hosts other than the stand-in's that were sent a request. */
    strayed,
  };
}

/** In [0, 1), the same in each test: the first is ½. */
function numbers(): () => number {
  let state = 2 ** 30;
  return () => {
    const number = state / 2 ** 31;
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return number;
  };
}

/** Node's own words for a torn connection, or one that never was. */
function networkError(code: string): Error {
  return Object.assign(new Error(code === 'ECONNRESET' ? 'socket hang up' : `connect ${code}`), {
    code,
  });
}

/** A host that keeps everything that is published, with the inputs' defaults. */
function fakeHost(
  inputs: Readonly<Record<string, string>>,
  { job, requestToken }: Azure,
  state?: string,
) {
  const given = { ...defaults, ...defaultInputs(URL_OF_AZURE), command: 'echo hello', ...inputs };
  const variables = runnerEnv({ url: URL_OF_AZURE, caFile: '', job, requestToken }, {});
  const host = keptHost(given, variables, state);
  const lines = (hidden: RegExp) => host.transcript.filter((line) => !hidden.test(line));
  return {
    host,
    left: () => ({
      outputs: host.outputs(),
      log: lines(/^(?:mask|output|debug) /).join('\n'),
      summary: host.summary(),
      state: host.savedState(),
      debug: lines(/^(?!debug )/),
      masked: lines(/^(?!mask )/).map((line) => line.slice('mask '.length)),
    }),
  };
}

function httpHeaders(plain: Readonly<Record<string, string>>) {
  const map = new Map(Object.entries(plain));
  return {
    get: (name: string) => map.get(name.toLowerCase()),
    has: (name: string) => map.has(name.toLowerCase()),
    set: (name: string, value: string | number | boolean) =>
      void map.set(name.toLowerCase(), String(value)),
    delete: (name: string) => void map.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(map),
    [Symbol.iterator]: () => map.entries(),
  };
}

// Loaded beforehand: while a module loads in real time, simulated time must not pass.
await Promise.all([
  import('@azure/identity'),
  import('@azure/arm-containerservice/api'),
  import('@azure/arm-containerservice/api/managedClusters'),
]);

/** `Date` follows the simulated clock: MSAL and the SDK look at it. Everything else stays real. */
export function simulateDate(): void {
  jest.useFakeTimers({
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}
