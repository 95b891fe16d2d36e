import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { readVariables } from '../../../src/hosts/variables.ts';

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
  ['a report without the table', { getReport: () => ({}) }, 'PATH', 'C:\\bin'],
  ['a variable that does not exist', reportOf({ INPUT_COMMAND: LONG }), 'NONE', undefined],
])('on Windows: %s', (_name, report, variable, expected) => {
  expect(readVariables(CUT, 'win32', report)(variable)).toBe(expected);
  expect(report.excludeNetwork).toBe(true);
});

test('elsewhere the report is not asked for, and letter case matters', () => {
  const report = {
    getReport: () => {
      throw new Error('asked');
    },
  };
  const variable = readVariables(CUT, 'linux', report);
  expect([variable('Path'), variable('PATH')]).toEqual(['C:\\bin', undefined]);
});

test('a variable that is removed later is still there', () => {
  const env: NodeJS.ProcessEnv = { DEBUG: '1' };
  const variable = readVariables(env, 'linux', { getReport: () => ({}) });
  delete env['DEBUG'];
  expect(variable('DEBUG')).toBe('1');
});

test("Node's own report has every variable as it is", () => {
  const odd = { QUOTES: '"\'\\ ü 😀\r\n\tx', EMPTY: '' };
  // Jest's process.env is a copy that the process does not know.
  const print =
    'process.stdout.write(JSON.stringify(process.report.getReport().environmentVariables))';
  const reported: unknown = JSON.parse(
    execFileSync(process.execPath, ['-e', print], { env: odd, encoding: 'utf8' }),
  );
  const variable = readVariables({}, 'win32', reportOf(reported));
  for (const [name, value] of Object.entries(odd)) expect(variable(name)).toBe(value);
});
