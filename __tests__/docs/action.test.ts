import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readDocument } from './markdown.ts';

type Described = Readonly<Record<string, { readonly description: string }>>;
const action = parse(readDocument('action.yml')) as { inputs: Described; outputs: Described };
const described = Object.entries({ ...action.inputs, ...action.outputs });

describe('action.yml', () => {
  test.each(described)('%s is described in at most 220 characters', (_name, { description }) => {
    expect(description.length).toBeGreaterThan(20);
    expect(description.length).toBeLessThanOrEqual(220);
  });
});
