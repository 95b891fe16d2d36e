import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { StepError, type Failure } from '../../../src/failure.ts';
import { zip, MAX_BODY_BYTES, pack, type PackedFile } from '../../../src/files/pack.ts';

const file = (path: string, content: string | Buffer): PackedFile => ({
  path,
  mode: 0o644,
  content: Buffer.from(content),
});
const DRAWN: PackedFile = { ...file('.aks-run-command/boundary', 'b'.repeat(48)), mode: 0o600, stored: true };
const SCRIPT = file('.aks-run-command/run.sh', '#!/bin/sh\n');

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof StepError) return error.failure;
  }
  throw new Error('Nothing was refused');
}

test("the user's files and the action's are in the zip, and only the former are counted", () => {
  const shipment = pack([file('a.yaml', 'a: 1\n'), file('b/c', '')], [SCRIPT, DRAWN]);

  expect(shipment.files).toEqual([
    { path: 'a.yaml', bytes: 5 },
    { path: 'b/c', bytes: 0 },
  ]);
  const sent = Buffer.from(shipment.contextWith(DRAWN), 'base64');
  expect(sent).toHaveLength(shipment.zipBytes);
  const sentNames = new AdmZip(sent).getEntries().map(({ entryName }) => entryName);
  expect(sentNames.sort()).toEqual(['.aks-run-command/boundary', '.aks-run-command/run.sh', 'a.yaml', 'b/c']);
});

test('the request of the biggest shipment that is taken stays below the limit, token and all', () => {
  const withFile = (size: number) => pack([{ ...file('random', randomBytes(size)), stored: true }], [SCRIPT, DRAWN]);
  const around = withFile(0).zipBytes;
  const most = ((MAX_BODY_BYTES - 32 * 1024) / 4) * 3 - around;
  const request = JSON.stringify({
    command: 'x'.repeat(8_000),
    context: withFile(most).contextWith(DRAWN),
    clusterToken: 't'.repeat(16_000),
  });

  expect(most).toBeGreaterThan(2.9 * 1024 * 1024);
  expect(request.length).toBeLessThan(4 * 1024 * 1024);
  expect(failureOf(() => withFile(most + 1))).toMatchObject({ code: 'too-large', limit: 4 * 1024 * 1024 });
});

test('too large: the ten biggest files are named, the biggest first', () => {
  const files = Array.from({ length: 12 }, (_, index) => file(`f${index}`, randomBytes(300_000 + index)));
  const biggest = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => ({ path: `f${index}`, bytes: 300_000 + index }));
  const failure = failureOf(() => pack(files, [SCRIPT, DRAWN]));

  expect(failure).toMatchObject({ code: 'too-large', packed: true, limit: MAX_BODY_BYTES, biggest });
  expect(failure.code === 'too-large' && failure.bytes).toBeGreaterThan(MAX_BODY_BYTES);
});

test('each boundary makes another zip of the same length, and touches nothing else in it', () => {
  const files = [file('a.yaml', 'a: 1\n'.repeat(1000)), file('b/c', 'x'), { ...file('run', '#!'), mode: 0o755 }];
  const shipment = pack(files, [SCRIPT, DRAWN]);
  const other = { ...DRAWN, content: randomBytes(48) };
  const sent = Buffer.from(shipment.contextWith(other), 'base64');

  expect(sent).toHaveLength(shipment.zipBytes);
  expect(sent).toEqual(zip([...files, SCRIPT, other]));
  expect(new AdmZip(sent).readFile(DRAWN.path)).toEqual(other.content);
  expect(Buffer.from(shipment.contextWith(DRAWN), 'base64')).toEqual(zip([...files, SCRIPT, DRAWN]));
});

test('a shipment that was packed without a place for the boundary takes none', () => {
  const shipment = pack([], [SCRIPT]);

  expect(() => shipment.contextWith(DRAWN)).toThrow(RangeError);
});
