import { expect, test } from '@jest/globals';
import { liveLine } from '../../../../src/hosts/terminal/live-line.ts';

const CLEAR = '\r\u001b[K';
const RUNNING = { state: 'running', awaited: 'its end' };

function drawnOn(columns: number | undefined, seconds: number) {
  const written: string[] = [];
  let now = 0;
  const screen = { write: (text: string) => written.push(text), ...(columns !== undefined && { columns }) };
  const live = liveLine(screen, () => now);
  now = seconds * 1000;
  return { live, written };
}

test.each([
  ['state, time and what is awaited', 80, 75, 'running 1:15, waiting for its end'],
  ['cut, lest it wrap', 20, 5, 'running 0:05, waiti'],
  ['a terminal without a size', 0, 5, 'running 0:05, waiting for its end'],
  ['a stream that knows no columns', undefined, 5, 'running 0:05, waiting for its end'],
])('%s', (_name, columns, seconds, line) => {
  const { live, written } = drawnOn(columns, seconds);
  live.show(RUNNING);
  live.end();
  expect(written).toEqual([CLEAR + line, CLEAR]);
});

test('it makes room for what is printed, and is gone at the end', () => {
  const { live, written } = drawnOn(80, 0);
  live.show(RUNNING);
  live.aside(() => written.push('printed\n'));
  live.end();
  expect(written.slice(1)).toEqual([CLEAR, 'printed\n']);
});
