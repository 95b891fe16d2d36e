import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { createApi } from '../../local-kubernetes/api.ts';
import { isJson, isObject, textAt, withAt, type JsonObject } from '../../local-kubernetes/json.ts';
import { resourceOf } from '../../local-kubernetes/cluster.ts';
import { writesOf } from './writes.ts';

// What a real API server 1.36.2 answered to each of these writes, one letter each: `y` taken, `n` refused.

const folder = path.join(import.meta.dirname, 'battery');
const objects = parseAllDocuments(readFileSync(path.join(folder, 'writes.yaml'), 'utf8'), { version: '1.1' }).map(
  (document): JsonObject => {
    const value: unknown = document.toJS();
    return isJson(value) && isObject(value) ? value : {};
  },
);
const answers: unknown = JSON.parse(readFileSync(path.join(folder, 'writes.json'), 'utf8'));
const nameOf = (object: JsonObject) => `${textAt(object, 'kind')} ${textAt(object, 'metadata', 'name')}`;

function ask() {
  const api = createApi(0);
  const send = (method: string, url: string, object: JsonObject) => {
    const body = Buffer.from(JSON.stringify(object));
    const answer = api.handle({ method, url, body, contentType: 'application/json', accept: '', userAgent: 'test' });
    return { taken: answer.kind === 'json' && answer.status < 400, answer };
  };
  send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
  const urlOf = (object: JsonObject) => {
    const resource = resourceOf(api.cluster, textAt(object, 'apiVersion'), textAt(object, 'kind'));
    if (!resource) throw new TypeError(`There is no ${textAt(object, 'kind')}`);
    const root = resource.group === '' ? 'api' : `apis/${resource.group}`;
    return `/${root}/${resource.version}/${resource.namespaced ? 'namespaces/shop/' : ''}${resource.plural}`;
  };
  return { api, send, urlOf };
}

/** Kinds that are updated only by who names the version. */
const conditional = /Disruption|CSIDriver|Lease|RuntimeClass|Webhook|CustomResource/;
const query = '?dryRun=All&fieldValidation=Strict';

test.each(objects.map((object) => [nameOf(object), object] as const))(
  'nothing that a real server refuses of a %s is taken',
  (name, object) => {
    const { api, send, urlOf } = ask();
    const writes = writesOf(object);
    const url = urlOf(object);
    const created = writes.map((write) => send('POST', url + query, write.object).taken);
    const kept = send('POST', url, object);
    const version = kept.answer.kind === 'json' ? textAt(kept.answer.body, 'metadata', 'resourceVersion') : '';
    // Controllers write to the other kinds, too, and would make a named version old.
    const named = conditional.test(name) ? version : undefined;
    const one = `${url}/${textAt(object, 'metadata', 'name')}${query}`;
    const updated = writes.map(
      (write) => send('PUT', one, withAt(write.object, ['metadata', 'resourceVersion'], named)).taken,
    );
    api.stop();
    const asked = isJson(answers) ? answers : {};
    const wrong = (['create', 'update'] as const).flatMap((verb) => {
      const real = textAt(asked, name, verb);
      const ours = verb === 'create' ? created : updated;
      if (real.length !== writes.length) throw new TypeError(`${name}: record the answers anew`);
      return writes.flatMap(({ what }, index) =>
        ours[index] === true && real[index] === 'n' ? [`${verb} ${what}`] : [],
      );
    });

    expect(wrong).toEqual([]);
  },
);
