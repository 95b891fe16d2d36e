import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { wholeEnvironment, type Report } from '../../../src/hosts/whole-environment.ts';

const LONG = 'x'.repeat(39_739);
const CUT = { INPUT_COMMAND: LONG.slice(0, 6971), Path: 'C:\\bin' };

const reportOf = (environmentVariables: unknown) => ({ getReport: () => ({ environmentVariables }) });

test.each([
  ['a value that Node cut', reportOf({ INPUT_COMMAND: LONG }), 'INPUT_COMMAND', LONG],
  ['a name in other letters', reportOf({ Input_Command: LONG }), 'INPUT_COMMAND', LONG],
  ['a value that the report does not hold', reportOf({}), 'Path', 'C:\\bin'],
  ['a report without the table', { getReport: () => ({}) }, 'Path', 'C:\\bin'],
  ['a variable that there is not', reportOf({ INPUT_COMMAND: LONG }), 'NONE', undefined],
])('on Windows: %s', (_name, report, name, expected) => {
  expect(wholeEnvironment(CUT, 'win32', report)[name]).toBe(expected);
});

test.each([32_768, 33_000, 39_739, 65_534, 98_304, 110_000])(
  'on Windows: %i characters arrive, however many Node shows',
  (length) => {
    const value = 'y'.repeat(length);
    const shown = { INPUT_COMMAND: value.slice(0, length % 32_768) };
    expect(wholeEnvironment(shown, 'win32', reportOf({ INPUT_COMMAND: value }))['INPUT_COMMAND']).toBe(value);
  },
);

test('a value of the report that is no text is none, and nothing but names is looked up', () => {
  const environment = wholeEnvironment(CUT, 'win32', reportOf({ PATH: 1 }));
  expect(environment['PATH']).toBeUndefined();
  expect(Reflect.get(environment, Symbol.iterator)).toBeUndefined();
});

test.each<[string, { readonly excludeNetwork?: boolean }, boolean]>([
  ['as it was', { excludeNetwork: true }, true],
  ['off, where it was not set', {}, false],
])('the report is asked for without the network, and the switch is then %s', (_name, given, left) => {
  const asked: unknown[] = [];
  const report: Report = {
    ...given,
    getReport() {
      asked.push(report.excludeNetwork);
      return {};
    },
  };
  wholeEnvironment(CUT, 'win32', report);
  expect([asked, report.excludeNetwork]).toEqual([[true], left]);
});

test('elsewhere nothing is asked for', () => {
  const report = {
    getReport: () => {
      throw new Error('asked');
    },
  };
  expect(wholeEnvironment(CUT, 'linux', report)).toBe(CUT);
});

test("Node's own report has every variable as it is", () => {
  const odd = { QUOTES: '"\'\\ ü 😀\r\n\tx', EMPTY: '' };
  // Jest's process.env is a copy, of which the process knows nothing.
  const print = 'process.stdout.write(JSON.stringify(process.report.getReport().environmentVariables))';
  const reported: unknown = JSON.parse(execFileSync(process.execPath, ['-e', print], { env: odd, encoding: 'utf8' }));
  const whole = wholeEnvironment({}, 'win32', reportOf(reported));
  for (const [name, value] of Object.entries(odd)) expect(whole[name]).toBe(value);
});
