import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applied } from '../../local/kubernetes/apply.ts';
import { builtIn } from '../../local/kubernetes/schema.ts';

const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), tie('object')),
  object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
}));
const objects = value.object as fc.Arbitrary<Record<string, string>>;

test('what is applied again changes nothing, and is no conflict', () => {
  fc.assert(
    fc.property(objects, (given) => {
      expect(applied({ given }, {}, false)).toEqual(given);
      expect(applied({ live: given, last: given, given }, {}, false)).toEqual(given);
    }),
  );
});

test('what somebody else added stays, and what is given up is gone', () => {
  fc.assert(
    fc.property(objects, fc.string(), (given, name) => {
      const others = { theirs: { [name]: 1 } };
      const live = { ours: given, ...others };
      const layers = { live, last: { ours: given }, given: {} };
      expect(applied(layers, {}, false)).toEqual(others);
    }),
  );
});

const deployment = builtIn.find(({ kind }) => kind === 'Deployment')?.schema ?? {};
const withImage = (image: string, sidecars: readonly string[] = []) => ({
  spec: {
    template: {
      spec: {
        containers: [{ name: 'web', image }, ...sidecars.map((name) => ({ name, image: 'x:1' }))],
      },
    },
  },
});

test.each([
  ['a value that somebody else changed is a conflict', 'web:1', 'web:2', 'web:1', true],
  [
    'a value that somebody else changed to what is applied is none',
    'web:1',
    'web:2',
    'web:2',
    false,
  ],
  ['a value that only the manager changes is none', 'web:1', 'web:1', 'web:3', false],
])('%s', (_name, last, live, given, isConflict) => {
  const layers = {
    last: withImage(last),
    live: withImage(live, ['mesh']),
    given: withImage(given),
  };
  const apply = (isForced: boolean) => applied(layers, deployment, isForced);

  // A container that somebody else added stays.
  expect(apply(true)).toEqual(withImage(given, ['mesh']));
  const message = isConflict
    ? 'Apply failed with 1 conflict with other managers: ' +
      '.spec.template.spec.containers["web"].image'
    : undefined;
  const errorOf = (run: () => unknown) => {
    try {
      run();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(errorOf(() => apply(false))).toBe(message);
});
