import { expect, test } from '@jest/globals';
import { listAt, textAt } from '../../local/kubernetes/json.ts';
import { server } from './server.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
test.each<[query: string, names: string]>([
  ['labelSelector=app=web', 'web'],
  ['labelSelector=app==web', 'web'],
  ['labelSelector=app!=web', 'api bare'],
  ['labelSelector=app in (web, api)', 'api web'],
  ['labelSelector=app in (web, api),tier=front', 'web'],
  ['labelSelector=app notin (web, none)', 'api bare'],
  ['labelSelector=app', 'api web'],
  ['labelSelector=!app', 'bare'],
  ['labelSelector=app,tier!=front', 'api'],
  ['fieldSelector=metadata.name=web', 'web'],
  ['fieldSelector=metadata.name!=web', 'api bare'],
  ['labelSelector=app&fieldSelector=metadata.name!=web', 'api'],
])('%s selects %s', (query, names) => {
  const { send } = server();
  const labels = { web: { app: 'web', tier: 'front' }, api: { app: 'api' }, bare: {} };
  for (const [name, own] of Object.entries(labels)) {
    expect(send('POST', CONFIG_MAPS, { metadata: { name, labels: own } }).code).toBe(201);
  }
  // A namespace has a ConfigMap of its own, without labels.
  const { body } = send('GET', `${CONFIG_MAPS}?${encodeURI(query)}`);
  const found = listAt(body, 'items').map((item) => textAt(item, 'metadata', 'name'));
  expect(found.filter((name) => name in labels).join(' ')).toBe(names);
});
