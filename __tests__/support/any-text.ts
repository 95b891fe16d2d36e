import fc, { type StringConstraints } from 'fast-check';

const HALVES = { from: 0xd800, count: 0x800 };

/** Any character. Half of them are ASCII, on which programs trip. */
const character = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x10ffff - HALVES.count }))
  .map((number) => String.fromCodePoint(number < HALVES.from ? number : number + HALVES.count));

/**
 * Text of any characters. fast-check's `unit: 'binary'` does the same, but costs each test file a
 * second and 170 MB.
 */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}
