import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { wholeEnvironment } from '../../../src/hosts/github-runner.ts';

const LONG = 'x'.repeat(39_739);
const CUT = { INPUT_COMMAND: LONG.slice(0, 6971), Path: 'C:\\bin' };

type NodeReport = { excludeNetwork?: boolean; getReport(): object };

const reportOf = (environmentVariables: unknown): NodeReport => ({
  getReport: () => ({ environmentVariables }),
});

test.each<[name: string, report: NodeReport, variable: string, expected: string | undefined]>([
  ['a value that Node cut', reportOf({ INPUT_COMMAND: LONG }), 'INPUT_COMMAND', LONG],
  ['a name in other letters', reportOf({ Input_Command: LONG }), 'INPUT_COMMAND', LONG],
  ['a value that the report does not have', reportOf({}), 'Path', 'C:\\bin'],
  ['a value of the report that is no text', reportOf({ PATH: 1 }), 'Path', 'C:\\bin'],
  ['a report without the table', { getReport: () => ({}) }, 'Path', 'C:\\bin'],
  ['a variable that does not exist', reportOf({ INPUT_COMMAND: LONG }), 'NONE', undefined],
])('on Windows: %s', (_name, report, variable, expected) => {
  const environment = wholeEnvironment(CUT, 'win32', report);
  expect(environment[variable]).toBe(expected);
  expect(report.excludeNetwork).toBe(true);
  expect(Reflect.get(environment, Symbol.iterator)).toBeUndefined();
});

test('elsewhere the report is not asked for', () => {
  const report = {
    getReport: () => {
      throw new Error('asked');
    },
  };
  expect(wholeEnvironment(CUT, 'linux', report)).toBe(CUT);
});

test("Node's own report has every variable as it is", () => {
  const odd = { QUOTES: '"\'\\ ü 😀\r\n\tx', EMPTY: '' };
  // Jest's process.env is a copy that the process does not know.
  const print =
    'process.stdout.write(JSON.stringify(process.report.getReport().environmentVariables))';
  const reported: unknown = JSON.parse(
    execFileSync(process.execPath, ['-e', print], { env: odd, encoding: 'utf8' }),
  );
  const whole = wholeEnvironment({}, 'win32', reportOf(reported));
  for (const [name, value] of Object.entries(odd)) expect(whole[name]).toBe(value);
});
