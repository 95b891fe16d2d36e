import { at, listAt, objectAt, textAt, withAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, resourceName, type Resource } from './schema.ts';

/**
 * Kinds that are served in two versions which differ: kept in the newer one. Everything else is the same in all its
 * versions, but for the name of the version.
 */
type Conversion = Readonly<{ version: string; toKept: Convert; toServed: Convert }>;
type Convert = (spec: JsonObject) => JsonObject;

const utilization = 'targetCPUUtilizationPercentage';
const isCpu = (metric: Json) =>
  textAt(metric, 'resource', 'name') === 'cpu' && textAt(metric, 'resource', 'target', 'type') === 'Utilization';

const conversions: Readonly<Record<string, Conversion>> = {
  'horizontalpodautoscalers.autoscaling': {
    version: 'v1',
    toKept(spec) {
      const averageUtilization = spec[utilization] ?? 80;
      const target = { type: 'Utilization', averageUtilization };
      return withAt(
        { ...spec, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] },
        [utilization],
        undefined,
      );
    },
    toServed(spec) {
      if (!('metrics' in spec)) return spec;
      const cpu = listAt(spec, 'metrics').find(isCpu);
      const percentage = at(cpu, 'resource', 'target', 'averageUtilization');
      return withAt(withAt(spec, ['metrics'], undefined), [utilization], percentage);
    },
  },
};

const convert = (resource: Resource, object: JsonObject, direction: 'toKept' | 'toServed'): JsonObject => {
  const conversion = conversions[resourceName(resource)];
  if (conversion?.version !== resource.version) return object;
  return { ...object, spec: conversion[direction](objectAt(object, 'spec')) };
};

/** An object of a served version, as it is kept. */
export const toKept = (resource: Resource, object: JsonObject): JsonObject => convert(resource, object, 'toKept');

/** A kept object, in the version of `resource`. */
export const toServed = (resource: Resource, object: JsonObject): JsonObject => ({
  ...convert(resource, object, 'toServed'),
  apiVersion: apiVersionOf(resource),
});
