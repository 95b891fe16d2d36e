/** Parses JSON; undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Narrows parsed JSON to an object whose fields can be looked at. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of parsed JSON; undefined where the value is no object, or has no such field. */
export function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
