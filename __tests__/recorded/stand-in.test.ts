import { expect, test } from '@jest/globals';
import { demo, type HttpResponse } from '../../local/azure/index.ts';
import { clusterPath, commandId, createClient, type Client } from '../azure/client.ts';
import { commandsOf, readRecordings, type Exchange } from './recording.ts';

/** What the stand-in answers is what was recorded: status, headers, and the keys of the bodies. */

const commands = readRecordings().flatMap((recording) =>
  commandsOf(recording).map(([id, own]) => ({ name: recording.name, id, own })),
);

test.each(commands)('local/azure answers as recorded: $name, command $id', async ({ id, own }) => {
  const { client, begin } = createCluster(own);
  const post = await client.run('plain', { command: 'kubectl get pods' });
  const own0 = own[0]?.seconds ?? NaN;
  for (const exchange of own) {
    await client.clock.advance(
      Math.max(0, begin + (exchange.seconds - own0) * 1000 - client.clock.now()),
    );
    const url = exchange.path
      .replace(/(?<=\/subscriptions\/)[^/]+/, demo.subscriptionId)
      .replace('{group}', demo.resourceGroup)
      .replace('{cluster}', 'plain')
      .replace(id, commandId(post));
    const answer = exchange.method === 'POST' ? post : await client.arm({ url });
    expect(shapeOf(answer, exchange)).toEqual(shapeOf(exchange, exchange));
  }
});

/** A stand-in whose pod starts, and ends, right after the last answer that says that it has not. */
function createCluster(own: readonly Exchange[]): { client: Client; begin: number } {
  const after = (last: Exchange | undefined) =>
    last === undefined ? 0 : last.seconds - (own[0]?.seconds ?? 0) + 0.05;
  const pending = own.filter(({ method, status }) => method === 'GET' && status === 202);
  const starts = after(pending.findLast(({ body }) => !JSON.stringify(body).includes('startedAt')));
  const client = createClient({
    async pod(_spec, { started }) {
      await client.clock.sleep(starts * 1000);
      started();
      await client.clock.sleep(Math.max(0, after(pending.at(-1)) - starts) * 1000);
      return { exitCode: 0, logs: Buffer.from('a line\n') };
    },
  });
  return { client, begin: client.clock.now() };
}

/**
 * Of the headers, those that were recorded; of their values, what does not differ from one cluster
 * to another.
 */
function shapeOf({ status, headers, body }: HttpResponse | Exchange, recorded: Exchange) {
  const names = Object.keys(recorded.headers).filter((name) => headers[name] !== undefined);
  return {
    status,
    headers: Object.fromEntries(names.map((name) => [name, plain(headers[name] ?? '')])),
    keys: keysOf(body),
  };
}

const CLUSTER_PATH = clusterPath('plain')
  .replace('managedClusters', 'managedclusters')
  .replace(/\?.*/, '');

function plain(value: string): string {
  return value
    .replace(/^https:\/\/[^/]+/, '')
    .replace(CLUSTER_PATH, 'CLUSTER')
    .replace(/^\/subscriptions\/[^/]+\/.*\/managedclusters\/\{cluster\}/, 'CLUSTER')
    .replace(/[0-9a-f]{32}/, 'ID')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'GUID')
    .replace(/api-version=.*/, 'api-version')
    .replace(/^\d{2,}$/, 'COUNT');
}

/** `properties.exitCode number`, and so on. */
function keysOf(body: unknown, path = ''): string[] {
  const value: unknown =
    typeof body === 'string' && body.startsWith('{') && path === '' ? JSON.parse(body) : body;
  if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`];
  return Object.entries(value)
    .flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
    .sort();
}
