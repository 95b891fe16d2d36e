import { expect, test } from '@jest/globals';
import { handle } from '../../local/kubernetes/api.ts';
import { objectAt, textAt, type Json } from '../../local/kubernetes/json.ts';
import { server } from './server.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

test('a watch has each change after the version from which it begins, until its end', () => {
  const { cluster, send } = server();
  const create = (name: string) => send('POST', CONFIG_MAPS, { metadata: { name } });
  const events: string[] = [];
  const note = (event: Json) =>
    events.push(`${textAt(event, 'type')} ${textAt(event, 'object', 'metadata', 'name')}`);

  const before = create('before').body;
  const version = textAt(send('GET', CONFIG_MAPS).body, 'metadata', 'resourceVersion');
  create('first');
  const url = `${CONFIG_MAPS}?watch=true&resourceVersion=${version}`;
  const { watch } = handle(cluster, { method: 'GET', url, body: Buffer.of(), headers: {} });
  const end = watch?.begin(note);
  send('PUT', `${CONFIG_MAPS}/before`, { ...objectAt(before), data: { a: 'b' } });
  send('DELETE', `${CONFIG_MAPS}/first`);
  end?.();
  create('after');

  expect(events).toEqual(['ADDED first', 'MODIFIED before', 'DELETED first']);
});
