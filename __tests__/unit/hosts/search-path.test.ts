import { describe, expect, test } from '@jest/globals';
import { withAbsolutePath } from '../../../src/hosts/search-path.ts';

describe('a program that is started is looked for in absolute folders only', () => {
  test.each([
    ['absolute folders stay, in their order', '/usr/bin:/bin', '/usr/bin:/bin'],
    ['tools of the checkout come first', './node_modules/.bin:/usr/bin', '/usr/bin'],
    ['a folder without a dot', 'bin:/usr/bin', '/usr/bin'],
    ['the folder above', '/usr/bin:../bin', '/usr/bin'],
    ['an empty entry first', ':/usr/bin', '/usr/bin'],
    ['an empty entry last', '/usr/bin:', '/usr/bin'],
    ['an empty entry between', '/usr/bin::/bin', '/usr/bin:/bin'],
    ['a home folder, which only a shell knows', '~/bin:/usr/bin', '/usr/bin'],
    ['nothing that is absolute', 'bin:.', undefined],
    ['nothing at all', '', undefined],
  ])('%s', (_name, given, expected) => {
    expect(withAbsolutePath({ PATH: given, Path: '.', A: '' }, 'linux')).toEqual({
      PATH: expected,
      Path: '.',
      A: '',
    });
  });

  test.each([
    ['drives and shares', 'C:\\bin;d:/bin;\\\\server\\bin', 'C:\\bin;d:/bin;\\\\server\\bin'],
    ['a folder of the checkout', '.\\bin;C:\\bin', 'C:\\bin'],
    ['the current folder of a drive', 'C:bin;C:;C:\\bin', 'C:\\bin'],
    ['the current drive', '\\bin;C:\\bin', 'C:\\bin'],
    ['empty entries', ';C:\\bin;;D:\\bin;', 'C:\\bin;D:\\bin'],
    ['quotes around a semicolon', '"C:\\a;b";"x;y";C:\\c', '"C:\\a;b";C:\\c'],
    ['a quote that is not closed', '"C:\\a;b', 'C:\\a'],
    ['nothing that is absolute', '.', undefined],
  ])('on Windows: %s', (_name, given, expected) => {
    expect(withAbsolutePath({ Path: given, A: '.' }, 'win32')).toEqual({
      Path: expected,
      A: '.',
    });
  });

  test('a variable without a value is left out', () => {
    expect(withAbsolutePath({ A: undefined }, 'linux')).toEqual({});
  });
});
