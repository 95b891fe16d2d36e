import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import {
  isJson,
  isObject,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from '../../local/kubernetes/json.ts';
import { server } from './server.ts';
import { changed, writesOf, type Path } from './writes.ts';

// What a real API server 1.36.2 answered to each of these writes, one letter each: `y` for
// accepted, `n` for refused.

const folder = path.join(import.meta.dirname, 'battery');
const objects = parseAllDocuments(readFileSync(path.join(folder, 'writes.yaml'), 'utf8'), {
  version: '1.1',
}).map((document): JsonObject => {
  const value: unknown = document.toJS();
  return isJson(value) && isObject(value) ? value : {};
});
const answers: unknown = JSON.parse(readFileSync(path.join(folder, 'writes.json'), 'utf8'));
const nameOf = (object: JsonObject) =>
  `${textAt(object, 'kind')} ${textAt(object, 'metadata', 'name')}`;

/**
 * Writes that the real server accepts and ours refuses by name. If a number grows, something was
 * lost: say why.
 */
const notSimulated = {
  'Affinity.nodeAffinity': 36,
  'ClusterRole.aggregationRule': 26,
  'IPBlock.except': 10,
  'IngressClassSpec.parameters': 48,
  'PodSecurityContext.sysctls': 22,
  'PodSpec.activeDeadlineSeconds': 3,
  'PodSpec.dnsConfig': 48,
  'PodSpec.hostAliases': 12,
  'SecurityContext.procMount': 1,
  'ServiceSpec.externalIPs': 8,
  'ServiceSpec.loadBalancerClass': 6,
  'ServiceSpec.sessionAffinityConfig': 12,
  'StatefulSetSpec.ordinals': 10,
  'StatefulSetSpec.persistentVolumeClaimRetentionPolicy': 12,
  'Volume.csi': 28,
  'Volume.downwardAPI': 33,
  'Volume.ephemeral': 4,
  'Volume.nfs': 17,
  'Volume.projected': 77,
};

/**
 * What the real server accepts and ours refuses for a reason that the real one does not have. That
 * is wrong, but breaks no promise.
 */
const wrongNos = 73;

type Answer = Readonly<{ taken: boolean; body: Json; missing: string | undefined }>;

function ask() {
  const { cluster, stop, send: ask } = server();
  const send = (...given: Parameters<typeof ask>): Answer => {
    const { code, says, body } = ask(...given);
    return {
      taken: code < 400,
      body,
      missing: /^not simulated: (.*?)\. Use a real cluster/.exec(says)?.[1],
    };
  };
  send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
  // The controllers, which would make it, wait until all writes are asked about.
  send('POST', '/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'default' } });
  const urlOf = (object: JsonObject) => {
    const resource = cluster.ofKind(textAt(object, 'apiVersion'), textAt(object, 'kind'));
    if (!resource) throw new TypeError(`There is no ${textAt(object, 'kind')}`);
    const { group, version, namespaced, plural } = resource;
    const root = group === '' ? 'api' : `apis/${group}`;
    const namespace = namespaced ? 'namespaces/shop/' : '';
    return `/${root}/${version}/${namespace}${plural}`;
  };
  return { stop, send, urlOf };
}

type Field = Readonly<{ path: Path; name: string }>;

/** Of `spec.volumes[0].csi of Volume`: the path, and `Volume.csi`. */
function fieldOf(missing: string): Field | undefined {
  const [, text, type = ''] = /^(\S+)(?:: .*)? of ([A-Z]\w+)$/.exec(missing) ?? [];
  const found = text?.split(/[.[\]]+/).map((one) => (/^\d+$/.test(one) ? Number(one) : one));
  return found && { path: found, name: `${type}.${String(found.at(-1))}` };
}

/** The fields of an object that are not simulated: the rest of it is asked about without them. */
function missingIn(object: JsonObject, send: (object: JsonObject) => Answer): Field[] {
  const field = fieldOf(send(object).missing ?? '');
  return field ? [field, ...missingIn(changed(object, field.path, undefined), send)] : [];
}

/** Kinds that can be updated only by naming the version. */
const conditional = /Disruption|CustomResource/;
const query = '?dryRun=All&fieldValidation=Strict';
const missed: Record<string, number> = {};
let refused = 0;

test.each(objects.map((object) => [nameOf(object), object] as const))(
  'nothing that a real server refuses of a %s is taken',
  (name, object) => {
    const { stop, send, urlOf } = ask();
    const url = urlOf(object);
    const fields = missingIn(object, (one) => send('POST', url + query, one));
    const without = (one: JsonObject) =>
      fields.reduce((rest, { path: of }) => changed(rest, of, undefined), one);
    const writes = writesOf(object).map((write) => ({
      ...write,
      missing: fields.find(({ path: of }) => of.every((key, index) => write.path[index] === key))
        ?.name,
      object: without(write.object),
    }));
    const created = writes.map((write) => send('POST', url + query, write.object));
    const kept = send('POST', url, without(object));
    const version = textAt(kept.body, 'metadata', 'resourceVersion');
    // Controllers write to the other kinds, too, and would make a named version old.
    const named = ['metadata', 'resourceVersion'] as const;
    const one = `${url}/${textAt(object, 'metadata', 'name')}${query}`;
    const updated = writes.map((write) =>
      send('PUT', one, withAt(write.object, named, conditional.test(name) ? version : undefined)),
    );
    stop();
    const wrong = ([created, updated] as const).flatMap((ours, index) => {
      const verb = index === 0 ? 'create' : 'update';
      const real = textAt(isJson(answers) ? answers : {}, name, verb);
      if (real.length !== writes.length) throw new TypeError(`${name}: record the answers anew`);
      return writes.flatMap(({ what, ...write }, at) => {
        const { taken = false, missing = '' } = ours[at] ?? {};
        const lost = kept.missing ?? write.missing ?? fieldOf(missing)?.name ?? missing;
        if (real[at] === 'n') return taken && lost === '' ? [`${verb} ${what}`] : [];
        if (lost !== '') missed[lost] = (missed[lost] ?? 0) + 1;
        else if (!taken) refused += 1;
        return [];
      });
    });

    expect({ wrong, base: kept.taken || kept.missing !== undefined }).toEqual({
      wrong: [],
      base: true,
    });
  },
);

test('what is not simulated is counted by name', () => {
  expect(missed).toEqual(notSimulated);
  expect(refused).toBeLessThanOrEqual(wrongNos);
});
