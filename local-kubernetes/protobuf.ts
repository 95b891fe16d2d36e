import type { JsonObject } from './json.ts';

/** Helm writes its releases, which are Secrets, in protobuf. This reads as much of it as a Secret needs. */

const magic = 'k8s\0';

/** The Secret in a protobuf body; undefined where there is none. */
export function readSecret(body: Buffer): JsonObject | undefined {
  if (body.subarray(0, magic.length).toString('latin1') !== magic) return undefined;
  const unknown = fieldsOf(body.subarray(magic.length));
  const [typeMeta = Buffer.alloc(0)] = unknown.get(1) ?? [];
  if (text(fieldsOf(typeMeta), 2) !== 'Secret') return undefined;
  const [raw = Buffer.alloc(0)] = unknown.get(2) ?? [];
  const secret = fieldsOf(raw);
  const [metadata = Buffer.alloc(0)] = secret.get(1) ?? [];
  const data = (secret.get(2) ?? []).map(entryOf).map(([name, value]) => [name, value.toString('base64')] as const);
  return {
    kind: 'Secret',
    metadata: readMetadata(fieldsOf(metadata)),
    type: text(secret, 3),
    data: Object.fromEntries(data),
  };
}

function readMetadata(fields: Fields): JsonObject {
  const labels = (fields.get(11) ?? []).map(entryOf).map(([name, value]) => [name, value.toString()] as const);
  return {
    name: text(fields, 1),
    namespace: text(fields, 3),
    ...(text(fields, 6) === '' ? {} : { resourceVersion: text(fields, 6) }),
    labels: Object.fromEntries(labels),
  };
}

/** The length-delimited fields of a message, by their number. */
type Fields = ReadonlyMap<number, readonly Buffer[]>;

function text(fields: Fields, number: number): string {
  return fields.get(number)?.at(-1)?.toString() ?? '';
}

function entryOf(entry: Buffer): [string, Buffer] {
  const fields = fieldsOf(entry);
  return [text(fields, 1), fields.get(2)?.[0] ?? Buffer.alloc(0)];
}

function fieldsOf(message: Buffer): Fields {
  const fields = new Map<number, Buffer[]>();
  let offset = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[offset++];
      if (byte === undefined) throw new RangeError('The protobuf message ends too early');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (offset < message.length) {
    const tag = varint();
    switch (tag & 7) {
      case 0:
        varint();
        break;
      case 2: {
        const length = varint();
        const number = tag >>> 3;
        fields.set(number, [...(fields.get(number) ?? []), message.subarray(offset, offset + length)]);
        offset += length;
        break;
      }
      default:
        throw new RangeError(`A protobuf field of wire type ${tag & 7} is not expected here`);
    }
  }
  return fields;
}
