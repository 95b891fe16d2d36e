import { expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import { serviceTime } from '../../../src/lifecycle/clock.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');
const at = (now: number) => ({ now: () => now, sleep: () => Promise.resolve() });
const answer = (date?: string): Answer => ({
  kind: 'answered',
  status: 200,
  headers: date === undefined ? {} : { date },
  body: '',
});

test("an answer's Date moves the clock, which then goes on with the runner's", () => {
  let now = NOON - 3_600_000;
  const time = serviceTime({ now: () => now, sleep: () => Promise.resolve() });
  time.observe(answer('Wed, 25 Nov 2026 12:00:00 GMT'));
  now += 5_000;

  expect(time.now()).toBe(NOON + 5_000);
  expect(time.isKnown()).toBe(true);
});

test('the last word counts', () => {
  const time = serviceTime(at(0));
  time.observe(answer('Wed, 25 Nov 2026 11:00:00 GMT'));
  time.observe(answer('Wed, 25 Nov 2026 12:00:00 GMT'));

  expect(time.now()).toBe(NOON);
});

test.each<[string, Answer]>([
  ['no answer', { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' }],
  ['an answer without a Date', answer()],
  ['a Date that is none', answer('today')],
])("%s tells nothing: the runner's clock stays", (_name, told) => {
  const time = serviceTime(at(NOON));
  time.observe(told);

  expect(time.now()).toBe(NOON);
  expect(time.isKnown()).toBe(false);
});
