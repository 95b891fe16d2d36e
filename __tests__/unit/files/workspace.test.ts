import { describe, expect, test } from '@jest/globals';
import { StepError, type FilesProblem } from '../../../src/failure.ts';
import { workspaceOn, type Selected } from '../../../src/files/workspace.ts';
import { plainDisk, type DiskOptions, type Tree } from './plain-disk.ts';

type Given = DiskOptions & {
  readonly files: string;
  readonly workingDirectory?: string;
  readonly includeHidden?: boolean;
  readonly workspace?: string;
  readonly temp?: string | undefined;
  readonly maxEntries?: number;
};

function select(
  tree: Tree,
  { files, workingDirectory = '', includeHidden = false, ...rest }: Given,
): Promise<Selected> {
  const { workspace = '/ws', temp, maxEntries, ...options } = { temp: '/temp', ...rest };
  return workspaceOn(plainDisk(tree, options), { workspace, temp }, maxEntries).select({
    patterns: files.split('\n'),
    workingDirectory,
    includeHidden,
    ifNoFilesFound: 'error',
  });
}

const names = async (tree: Tree, given: Given) => (await select(tree, given)).files.map(({ path }) => path);

async function problem(tree: Tree, given: Given): Promise<FilesProblem | undefined> {
  try {
    await select(tree, given);
    return undefined;
  } catch (error) {
    if (error instanceof StepError && error.failure.code === 'files') return error.failure.problem;
    throw error;
  }
}

describe('a disk that ignores letter case', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'a.yaml': 'a', 'secret.yaml': 's' },
      chart: { 'Chart.yaml': 'c', '.helmignore': 'h', templates: { 'x.yaml': 'x' } },
      '.GIT': { config: 'token' },
      alias: '->.git/config',
      deploy: '->.gIt',
    },
    temp: {},
  };
  test.each<[string, Omit<Given, 'ignoresCase'>, readonly string[]]>([
    ['names are those of the disk', { files: 'K8S/A.YAML' }, ['k8s/a.yaml']],
    ['an exclusion excludes in any case', { files: 'K8S\n!k8s/secret.yaml' }, ['k8s/a.yaml']],
    ['and the other way round', { files: 'k8s\n!K8S/SECRET.*' }, ['k8s/a.yaml']],
    ['one file is sent once', { files: 'k8s/a.yaml\nK8S/a.yaml' }, ['k8s/a.yaml']],
    ["a chart's .helmignore comes along", { files: 'chart/chart.yaml' }, ['chart/.helmignore', 'chart/Chart.yaml']],
    ['a working-directory in another case', { files: '*', workingDirectory: 'K8S' }, ['a.yaml', 'secret.yaml']],
    [
      '.git in another case',
      { files: '**', includeHidden: true, workingDirectory: '' },
      ['chart/.helmignore', 'chart/Chart.yaml', 'chart/templates/x.yaml', 'k8s/a.yaml', 'k8s/secret.yaml'],
    ],
    ['.git in another case, spelled out', { files: '.git/config' }, ['.GIT/config']],
    ['a link to it in a third case', { files: 'alias', includeHidden: true }, []],
  ])('%s', async (_name, given, expected) => {
    expect(await names(tree, { ...given, ignoresCase: true })).toEqual(expected);
  });

  test('a working-directory that leads to .git in another case is refused', async () => {
    expect(await problem(tree, { files: '*', workingDirectory: 'deploy', ignoresCase: true })).toEqual({
      kind: 'working-directory-git',
      path: 'deploy',
    });
  });

  test('where letter case counts, another case is another name', async () => {
    const { files, unmatched } = await select(tree, { files: 'K8S\nk8s/a.yaml' });
    expect([files.map(({ path }) => path), unmatched]).toEqual([['k8s/a.yaml'], ['K8S']]);
  });

  test.each([
    ['k8s', ['b']],
    ['K8S', ['a']],
  ])(
    'where letter case counts, the working-directory %s is the one of that name',
    async (workingDirectory, expected) => {
      expect(
        await names({ ws: { K8S: { a: '' }, k8s: { b: '' } }, temp: {} }, { files: '*', workingDirectory }),
      ).toEqual(expected);
    },
  );

  test('a working-directory in RUNNER_TEMP in another case is the folder that a link of it names', async () => {
    const temp = { rendered: { 'a.yaml': 'a', link: '->/temp/rendered/a.yaml' } };
    const given = { files: 'link', workingDirectory: '/temp/RENDERED', ignoresCase: true };
    expect(await names({ ws: {}, temp }, given)).toEqual(['link']);
  });
});

describe('links are judged by what they lead to', () => {
  const tree: Tree = {
    ws: {
      '.git': { config: 'token' },
      '.env': 'secret',
      shared: { '.helmignore': 'h', 'x.yaml': 'x' },
      chart: { 'Chart.yaml': 'c', '.helmignore': '->../.git/config' },
      other: { 'Chart.yaml': 'c', '.helmignore': '->../shared/.helmignore' },
      app: { 'values.yaml': '->../.env', 'more.yaml': '->../shared/x.yaml' },
      deploy: '->.git',
      current: '->shared',
      host: '->/etc/passwd',
      dotted: '->.dotted/there',
      links: { 'x.yaml': 'x', gone: '->nowhere' },
      '.dotted': { here: { 'y.yaml': '->../there/z.yaml' }, there: { 'z.yaml': 'z' } },
    },
    etc: { passwd: 'root' },
    temp: {},
  };
  test.each<[string, Given, readonly string[]]>([
    ["a chart's .helmignore that is .git's config", { files: 'chart/Chart.yaml' }, ['chart/Chart.yaml']],
    ['the same, the whole chart', { files: 'chart', includeHidden: true }, ['chart/Chart.yaml']],
    [
      "a chart's .helmignore that is another's",
      { files: 'other/Chart.yaml' },
      ['other/.helmignore', 'other/Chart.yaml'],
    ],
    ['to a dotfile: hidden', { files: 'app' }, ['app/more.yaml']],
    [
      'to a dotfile that is spelled out, but excluded',
      { files: '{.env,app/*}\n!app/values.yaml' },
      ['.env', 'app/more.yaml'],
    ],
    [
      'to a dot-folder that is spelled out, but excluded in part',
      { files: '{.dotted/there,dotted}\n!dotted/z.yaml' },
      ['.dotted/there/z.yaml'],
    ],
    ['to a dotfile that is spelled out', { files: '{.env,app/*}' }, ['.env', 'app/more.yaml', 'app/values.yaml']],
    [
      'to what cannot be read, and nobody asks for',
      { files: 'app/more.yaml', unreadable: ['/ws/.env'] },
      ['app/more.yaml'],
    ],
    ['to a dotfile, all included', { files: 'app', includeHidden: true }, ['app/more.yaml', 'app/values.yaml']],
    ['to a dotfile above working-directory', { files: '*', workingDirectory: 'app' }, ['more.yaml']],
    ['to .git by another name', { files: 'deploy/**\ndeploy\n**/config' }, []],
    ['to a folder', { files: 'current/*.yaml' }, ['current/x.yaml']],
    ['to nothing, that only lies on the way', { files: '**/x.yaml\n!app', workingDirectory: 'links' }, ['x.yaml']],
    ['within a dot-folder that is the root', { files: '*', workingDirectory: '.dotted/here' }, ['y.yaml']],
  ])('%s', async (_name, given, expected) => {
    expect(await names(tree, given)).toEqual(expected);
  });

  test.each<[string, Given, FilesProblem]>([
    ['out of the workspace', { files: 'host' }, { kind: 'outside', path: 'host', target: '/etc/passwd' }],
    [
      'to nothing, on the way that is named',
      { files: 'links/gone/x.yaml' },
      { kind: 'broken-link', path: 'links/gone' },
    ],
    [
      'to a file that cannot be read',
      { files: 'app/more.yaml', unreadable: ['/ws/shared/x.yaml'] },
      { kind: 'unreadable', path: 'app/more.yaml' },
    ],
    [
      'a working-directory in .git',
      { files: 'config', workingDirectory: 'deploy' },
      { kind: 'working-directory-git', path: 'deploy' },
    ],
  ])('refused: %s', async (_name, given, expected) => {
    expect(await problem(tree, given)).toEqual(expected);
  });

  test('what is swapped between the check and the read is not read', async () => {
    const swapped = { files: 'shared/x.yaml', swappedTo: { '/ws/shared/x.yaml': '/ws/.git/config' } };
    expect(await problem(tree, swapped)).toEqual({ kind: 'swapped', path: 'shared/x.yaml' });
  });
});

describe('RUNNER_TEMP', () => {
  const tree: Tree = {
    ws: {},
    temp: {
      'baked-template-1.yaml': 'baked',
      'git-credentials-1.config': 'token',
      'aks-run-command-x.txt': 'ours',
      alias: '->git-credentials-1.config',
      _runner_file_commands: { set_output: 'x' },
      'aks-run-command-a1': { 'report.xml': 'collected' },
      rendered: {
        'a.yaml': 'a',
        up: '->../other/b.yaml',
        token: '->../git-credentials-1.config',
        deep: { 'c.yaml': 'c' },
      },
      other: { 'b.yaml': 'b' },
    },
  };
  test.each<[string, Given, readonly string[]]>([
    [
      'itself gives the regular files directly in it',
      { files: '**', workingDirectory: '/temp' },
      ['baked-template-1.yaml'],
    ],
    [
      'and no others by name',
      { files: 'git-credentials-1.config\nalias\nrendered/a.yaml', workingDirectory: '/temp' },
      [],
    ],
    ['a folder in it', { files: '**/*.yaml', workingDirectory: '/temp/rendered' }, ['a.yaml', 'deep/c.yaml']],
    ['a folder in that', { files: '*', workingDirectory: '/temp/rendered/deep' }, ['c.yaml']],
    ['what an earlier step collected', { files: '*', workingDirectory: '/temp/aks-run-command-a1' }, ['report.xml']],
    [
      'inside the workspace keeps its own',
      { files: '**\n!**/{alias,token}', workspace: '/', includeHidden: true },
      [
        'temp/aks-run-command-a1/report.xml',
        'temp/aks-run-command-x.txt',
        'temp/baked-template-1.yaml',
        'temp/other/b.yaml',
        'temp/rendered/a.yaml',
        'temp/rendered/deep/c.yaml',
        'temp/rendered/up',
      ],
    ],
  ])('%s', async (_name, given, expected) => {
    expect(await names(tree, given)).toEqual(expected);
  });

  test.each<[string, Given, Partial<FilesProblem>]>([
    [
      'a link to another folder of it',
      { files: 'up', workingDirectory: '/temp/rendered' },
      { kind: 'outside', path: 'up' },
    ],
    ['a link to the token', { files: 'token', workingDirectory: '/temp/rendered' }, { kind: 'outside', path: 'token' }],
    ['the same inside the workspace', { files: 'temp/alias', workspace: '/' }, { kind: 'outside', path: 'temp/alias' }],
    [
      'a folder in it, where nobody says that it is RUNNER_TEMP',
      { files: '*', workingDirectory: '/temp/rendered', temp: undefined },
      { kind: 'working-directory-outside', path: '/temp/rendered' },
    ],
    [
      'a folder of it, where RUNNER_TEMP does not exist',
      { files: '*', workingDirectory: '/temp/rendered', temp: '/nowhere' },
      { kind: 'working-directory-outside', path: '/temp/rendered' },
    ],
    [
      "the runner's command files",
      { files: '*', workingDirectory: '/temp/_runner_file_commands' },
      { kind: 'working-directory-outside' },
    ],
  ])('refused: %s', async (_name, given, expected) => {
    expect(await problem(tree, given)).toMatchObject(expected);
  });
});

describe('warnings', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'a.yaml': 'a', 'b.yaml': 'b' },
      docs: { x: 'x' },
      '.env': 'e',
      '.cache': { x: 'x' },
      'run.sh': '#!/bin/sh\r\necho\r\n',
      'ok.sh': '#!/bin/sh\n\r\n',
    },
    temp: {},
  };
  test.each([
    ['an exclusion that excludes', 'k8s\n!k8s/b.yaml', []],
    ['one that excludes everything', 'k8s\n!k8s', []],
    ['a misspelled one', 'k8s\n!k8s/c.yaml', ['!k8s/c.yaml']],
    ['one above its pattern', '!k8s/b.yaml\nk8s', ['!k8s/b.yaml']],
    ['one of what is not sent anyway', 'k8s\n!docs/x', ['!docs/x']],
    ['one of a hidden file', '*\n!.env', []],
    ['one in a hidden folder', '*\n!.cache/x', []],
    ['one in a folder that is sent, misspelled', '*\n!docs/y', ['!docs/y']],
    ['one that another takes back in part', 'k8s\n!k8s/*\nk8s/b.yaml', []],
    [
      'one of what another exclusion names, too',
      '!k8s/a.yaml\nk8s/b.yaml\n!k8s/a.yaml',
      ['!k8s/a.yaml', '!k8s/a.yaml'],
    ],
    ['one of what another excludes anyway', '!docs\nk8s\n!docs/x', ['!docs', '!docs/x']],
    ['braces', 'k8s\n!k8s/{b,c}.yaml', []],
  ])('%s', async (_name, files, expected) => {
    const { notices, unmatched } = await select(tree, { files });
    expect(
      notices.filter(({ kind }) => kind === 'idle-exclusion').map((notice) => 'pattern' in notice && notice.pattern),
    ).toEqual(expected);
    expect(unmatched).toEqual([]);
  });

  test.each([
    ['an exclusion is about the patterns before it', 'k8s\n!k8s/*\nk8s/b.yaml', ['k8s/b.yaml']],
    ['and not about those behind it', '!k8s/*\nk8s/b.yaml', ['k8s/b.yaml']],
    ['one of any name is about hidden ones, too', '.env\n!*', []],
    ['the last one counts', 'k8s\n!k8s/a.yaml\nk8s\n!k8s/b.yaml', ['k8s/a.yaml']],
  ])('%s', async (_name, files, expected) => {
    expect(await names(tree, { files })).toEqual(expected);
  });

  test.each([
    ['beside an exclusion', 'k8s\n!k8s/b.yaml\nnone', ['none']],
    ['that takes only what is hidden', '*\n[.]env', ['[.]env']],
  ])('a pattern that takes nothing is told: %s', async (_name, files, expected) => {
    expect((await select(tree, { files })).unmatched).toEqual(expected);
  });

  test('exclusions alone send nothing, which is told once', async () => {
    const { files, notices } = await select(tree, { files: '!k8s/b.yaml\n!x' });
    expect([files, notices]).toEqual([[], [{ kind: 'only-exclusions' }]]);
  });

  test('no pattern at all is no mistake', async () => {
    const request = { patterns: [], workingDirectory: '', includeHidden: false, ifNoFilesFound: 'error' as const };
    const { notices } = await workspaceOn(plainDisk(tree), { workspace: '/ws', temp: '/temp' }).select(request);
    expect(notices).toEqual([]);
  });

  test('a script with CRLF', async () => {
    expect((await select(tree, { files: '*.sh' })).notices).toEqual([{ kind: 'script-with-crlf', path: 'run.sh' }]);
  });
});

describe('what is probably wrong with a pattern that takes nothing', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'app.yaml': 'a', 'web.yml': 'w', base: { 'kustomization.yaml': 'k' } },
      deploy: { k8s: { 'x.yaml': 'x' } },
      'README.md': 'r',
      '.env': 'e',
      '.git': { HEAD: 'h' },
    },
    empty: { '.git': { HEAD: 'h' } },
    temp: {},
  };
  const hints = async (files: string, more: Partial<Given> = {}) =>
    (await select(tree, { files, ...more })).advice.hints;
  const onePerLine = ['Write one pattern per line, without commas, dashes, or quotes.'];

  test.each<[string, string, readonly string[]]>([
    ['commas', 'k8s/a.yaml,k8s/b.yaml', onePerLine],
    ['blanks', 'k8s/app.yaml README.md', onePerLine],
    ['a list of YAML', '- k8s/app.yaml\n- README.md', onePerLine],
    ['a list of JSON', '["k8s"]', onePerLine],
    ['double quotes', '"k8s"', onePerLine],
    ['single quotes', "'k8s'", onePerLine],
    ['a URL', 'https://example.com/a.yaml', ['A URL cannot be sent. Download the file first.']],
    ['a backslash', 'k8s\\app.yaml', ['Use / between folders: a backslash escapes * and ?.']],
    ['.yml for .yaml', 'k8s/app.yml', ['Did you mean k8s/app.yaml?']],
    ['.yaml for .yml before a star', 'k8s/w*.yaml', ['Did you mean k8s/w*.yml?']],
    ['.yaml for .yml', './k8s/web.YAML', ['Did you mean k8s/web.yml?']],
    ['the same of a star', 'k8s/base/*.yml', ['Did you mean k8s/base/*.yaml?']],
    ['letter case', 'K8S/App.yaml', ['Did you mean k8s/app.yaml?']],
    ['letter case of a folder', 'K8S/', ['Did you mean k8s?']],
    ['letter case before a star', 'K8s/*.yaml', ['Did you mean k8s/*.yaml?']],
    ['a folder left out', 'app.yaml', ['Did you mean k8s/app.yaml?']],
    ['a slip', 'k8s/ap.yaml', ['Did you mean k8s/app.yaml?']],
    ['each once', 'k8s/app.yml\n./k8s/app.yml\nREADME', ['Did you mean k8s/app.yaml?']],
    ['letter case before two stars', 'K8s/**/*.yaml', ['Did you mean k8s/app.yaml?']],
    ['a dot on the way', 'k8s/./App.yaml', ['Did you mean k8s/app.yaml?']],
    ['an absolute path', '/ws/k8s/app.yml', []],
    ['what is hidden is not misspelled', '*.env', []],
    ['nothing near', 'manifests/**', []],
    ['what Git keeps is no guess', 'HEADS', []],
    ['braces', '{k8x,deplox}/y.yaml', []],
  ])('%s', async (_name, files, expected) => {
    expect(await hints(files)).toEqual(expected);
  });

  test.each<[string, string, string, readonly string[]]>([
    ['the folder again', 'k8s', 'k8s/app.yaml', ['Patterns are already relative to k8s. Did you mean app.yaml?']],
    [
      'its end',
      './deploy/k8s/',
      'k8s/x.yaml',
      ['Patterns are already relative to ./deploy/k8s/. Did you mean x.yaml?'],
    ],
    [
      'all of it',
      'deploy/k8s',
      'deploy/k8s/x.yaml',
      ['Patterns are already relative to deploy/k8s. Did you mean x.yaml?'],
    ],
    ['the folder alone', 'k8s', 'k8s/', ['Patterns are already relative to k8s. Did you mean **?']],
  ])('working-directory: %s', async (_name, workingDirectory, files, expected) => {
    expect(await hints(files, { workingDirectory })).toEqual(expected);
  });

  test('on Windows a backslash is no mistake', async () => {
    const windows = { windows: true, ignoresCase: true, workspace: '/ws' };
    expect(await hints('k8s\\app.yml', windows)).toEqual(['Did you mean k8s/app.yaml?']);
    expect(await hints('k8s\\x.yaml', { ...windows, workingDirectory: 'deploy\\k8s\\' })).toEqual([
      'Patterns are already relative to deploy\\k8s\\. Did you mean x.yaml?',
    ]);
  });

  test.each<[string, string, string[], 'ignore' | 'warn']>([
    ['no pattern took nothing', '/empty', ['!x'], 'warn'],
    ['that is to be ignored', '/ws', ['k8s/app.yml'], 'ignore'],
  ])('nobody is advised where %s', async (_name, workspace, patterns, ifNoFilesFound) => {
    const request = { patterns, workingDirectory: '', includeHidden: false, ifNoFilesFound };
    const { advice } = await workspaceOn(plainDisk(tree), { workspace, temp: '/temp' }).select(request);
    expect(advice).toEqual({ hints: [] });
  });

  test.each([
    ['the workspace', '/empty', '', ''],
    ['another folder', '/ws', 'deploy/none', 'deploy/none'],
  ])('nothing at all in %s', async (_name, workspace, workingDirectory, emptyFolder) => {
    const folder = { ...tree, ws: { deploy: { none: {} } } };
    const { advice } = await select(folder, { files: 'k8s', workspace, workingDirectory });
    expect(advice).toEqual({ emptyFolder, hints: [] });
  });

  test('of hundreds of lines only the first ten are advised on', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `k8s/f${index}.yml`);
    const files = Object.fromEntries(lines.map((_line, index) => [`f${index}.yaml`, '']));
    const { advice, unmatched } = await select({ ws: { k8s: files }, temp: {} }, { files: lines.join('\n') });
    expect([advice.hints.length, unmatched.length]).toEqual([10, 200]);
  });

  test('a folder that cannot be listed, and more names than anybody compares, are passed over', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`f${index}`, '']));
    const disk = plainDisk({ ws: { ...many, zz: { 'app.yaml': 'a' }, no: {} }, temp: {} });
    const locked = {
      ...disk,
      list: (folder: string) => (folder.endsWith('/no') ? Promise.reject(new Error('EACCES')) : disk.list(folder)),
    };
    const request = {
      // The second one is near the name behind so many others in one folder.
      patterns: ['app.yml', 'ZZ'],
      workingDirectory: '',
      includeHidden: false,
      ifNoFilesFound: 'warn' as const,
    };
    const { advice } = await workspaceOn(locked, { workspace: '/ws', temp: '/temp' }).select(request);
    expect(advice).toEqual({ hints: [] });
  });
});

describe('what cannot be sent is refused', () => {
  const tree: Tree = {
    ws: {
      'a.yaml': 'a',
      'core.dump': 'c',
      socket: '',
      k8s: { 'b.yaml': 'b', 'agent.sock': '' },
      locked: { deploy: { 'c.yaml': 'c' } },
      '.aks-run-command': { 'run.sh': '#!/bin/sh' },
      gone: '->nowhere',
      loop: '->loop',
      up: '->.',
      'to-socket': '->socket',
    },
    etc: { passwd: 'root' },
    temp: { _runner_file_commands: { set_output: 'x' } },
  };
  const special = ['/ws/socket', '/ws/k8s/agent.sock'];
  test.each<[string, Given, FilesProblem]>([
    ['a socket that is named', { files: 'socket' }, { kind: 'not-a-file', path: 'socket' }],
    ['a socket that a pattern takes', { files: 'k8s' }, { kind: 'not-a-file', path: 'k8s/agent.sock' }],
    ['a link to a socket', { files: 'to-socket' }, { kind: 'not-a-file', path: 'to-socket' }],
    [
      'a file that becomes a pipe during the search',
      { files: 'a.yaml', becomesSpecial: ['/ws/a.yaml'] },
      { kind: 'not-a-file', path: 'a.yaml' },
    ],
    ['an unreadable file', { files: 'a.yaml', unreadable: ['/ws/a.yaml'] }, { kind: 'unreadable', path: 'a.yaml' }],
    [
      'an unreadable folder',
      { files: 'locked/**', unreadable: ['/ws/locked'] },
      { kind: 'unreadable', path: 'locked' },
    ],
    ['an unreadable workspace', { files: '*', unreadable: ['/ws'] }, { kind: 'unreadable', path: '.' }],
    [
      "a folder of the action's own",
      { files: '.aks-run-command/run.sh' },
      { kind: 'own-folder', path: '.aks-run-command/run.sh' },
    ],
    [
      'the same in other letters',
      { files: '.AKS-run-command', ignoresCase: true },
      { kind: 'own-folder', path: '.aks-run-command/run.sh' },
    ],
    ['a broken link', { files: 'gone' }, { kind: 'broken-link', path: 'gone' }],
    ['a broken link that a star takes', { files: 'g*' }, { kind: 'broken-link', path: 'gone' }],
    ['a link to itself', { files: 'loop' }, { kind: 'link-cycle', path: 'loop' }],
    ['a link to a folder above it', { files: 'up' }, { kind: 'link-cycle', path: 'up' }],
    [
      'a pattern that leaves the workspace',
      { files: '../etc/passwd' },
      {
        kind: 'invalid-pattern',
        path: '../etc/passwd',
        detail: 'it leaves the working directory with ..',
      },
    ],
    [
      'a working-directory that is a file',
      { files: '*', workingDirectory: 'a.yaml' },
      { kind: 'working-directory-missing', path: 'a.yaml' },
    ],
    [
      'a working-directory outside',
      { files: '*', workingDirectory: '/etc' },
      { kind: 'working-directory-outside', path: '/etc' },
    ],
    [
      'a workspace that does not exist',
      { files: '*', workspace: '/nowhere' },
      { kind: 'working-directory-missing', path: '/nowhere' },
    ],
    [
      "a workspace that is the runner's own folder",
      { files: '*', workspace: '/temp/_runner_file_commands' },
      { kind: 'working-directory-outside', path: '/temp/_runner_file_commands' },
    ],
  ])('%s', async (_name, given, expected) => {
    expect(await problem(tree, { special, ...given })).toEqual(expected);
  });

  const dump = (bytes: number) => ({
    files: 'core.dump\na.yaml',
    sizes: { '/ws/core.dump': bytes - 1 },
  });
  test('half a gigabyte is read', async () => {
    expect(await names(tree, dump(512 * 1024 * 1024))).toEqual(['a.yaml', 'core.dump']);
  });

  test('more is refused before it is read, and the largest files are named', async () => {
    const unread = { ...dump(512 * 1024 * 1024 + 1), swappedTo: { '/ws/core.dump': '/ws/a.yaml' } };
    await expect(select(tree, unread)).rejects.toMatchObject({
      failure: {
        code: 'too-large',
        packed: false,
        bytes: 512 * 1024 * 1024 + 1,
        biggest: [{ path: 'core.dump' }, { path: 'a.yaml' }],
      },
    });
  });

  test("a folder deeper down may have the name of the action's own", async () => {
    const ws = { app: { '.aks-run-command': { 'run.sh': '' } } };
    expect(await names({ ws, temp: {} }, { files: 'app/.aks-run-command' })).toEqual(['app/.aks-run-command/run.sh']);
  });

  test('a working-directory that spells out .git is meant', async () => {
    const ws = { '.git': { config: 'c', hooks: { 'pre-commit': '' } } };
    expect(await names({ ws, temp: {} }, { files: '*', workingDirectory: '.git/hooks' })).toEqual(['pre-commit']);
  });

  test('a working-directory below a folder that may be entered and not listed is found by the name it was given', async () => {
    const given = { files: '*', workingDirectory: 'locked/deploy', ignoresCase: true, unreadable: ['/ws/locked'] };
    expect(await names(tree, given)).toEqual(['c.yaml']);
  });
});

describe("a chart's .helmignore stays where it is", () => {
  const chart = (ignore: string): Tree => ({
    ws: { chart: { 'Chart.yaml': 'c', '.helmignore': ignore }, folder: { x: 'x' }, '.ignore': 'i' },
    temp: {},
  });
  test.each<[string, string, string, DiskOptions]>([
    ['excluded by name', 'h', 'chart/Chart.yaml\n!**/.helmignore', {}],
    ['excluded in other letters', 'h', 'chart/Chart.yaml\n!chart/.HelmIgnore', { ignoresCase: true }],
    ['a broken link', '->nowhere', 'chart/Chart.yaml', {}],
    ['a link out of the workspace', '->/etc/passwd', 'chart/Chart.yaml', {}],
    ['a link to a folder', '->../folder', 'chart/Chart.yaml', {}],
    ['a link to a hidden file', '->../.ignore', 'chart/Chart.yaml', {}],
    ['a pipe', '', 'chart/Chart.yaml', { special: ['/ws/chart/.helmignore'] }],
  ])('%s', async (_name, ignore, files, options) => {
    const tree = { ...chart(ignore), etc: { passwd: 'root' } };
    expect(await names(tree, { files, ...options })).toEqual(['chart/Chart.yaml']);
  });

  test('a link to a hidden file, all included', async () => {
    const given = { files: 'chart/Chart.yaml', includeHidden: true };
    expect(await names(chart('->../.ignore'), given)).toEqual(['chart/.helmignore', 'chart/Chart.yaml']);
  });

  test('a chart has none, and another folder has one', async () => {
    const ws = {
      chart: { 'Chart.yaml': 'c' },
      folder: { '.helmignore': 'h' },
      '.helmignore': { x: 'x' },
      link: '->.helmignore/x',
    };
    expect(await names({ ws, temp: {} }, { files: '**' })).toEqual(['chart/Chart.yaml', 'folder/.helmignore']);
  });

  test('an exclusion of something else leaves it', async () => {
    const files = 'chart/Chart.yaml\n!folder/x';
    expect(await names(chart('h'), { files })).toEqual(['chart/.helmignore', 'chart/Chart.yaml']);
  });
});

describe('bounds', () => {
  test('more files than a zip can hold', async () => {
    const many = Object.fromEntries(Array.from({ length: 65_001 }, (_, index) => [`f${index}`, '']));
    expect(await problem({ ws: { many }, temp: {} }, { files: 'many' })).toEqual({
      kind: 'too-many',
      path: 'many',
      limit: 65_000,
    });
  });

  test('too much to look at in the workspace itself', async () => {
    const ws = { a: '', b: '', c: '' };
    expect(await problem({ ws, temp: {} }, { files: '*', maxEntries: 2 })).toEqual({
      kind: 'too-many',
      path: '.',
      limit: 2,
    });
  });

  test.each<[string, Tree, number, readonly string[] | FilesProblem]>([
    ['as much as may be', { a: '', b: '', c: '' }, 3, ['a', 'b', 'c']],
    ['too much in a folder', { k8s: { a: '', b: '' } }, 2, { kind: 'too-many', path: 'k8s', limit: 2 }],
    ['as much as may be a second time', { a: { x: '' }, b: '->a' }, 10, ['a/x', 'b/x']],
    ['too much a second time', { a: { x: '' }, b: '->a', c: '->a' }, 10, { kind: 'too-many', path: 'c', limit: 1 }],
    ['a tenth begun', { a: { x: '' }, b: '->a', c: '->a' }, 11, ['a/x', 'b/x', 'c/x']],
  ])('what is looked at: %s', async (_name, ws, maxEntries, expected) => {
    const given = { files: '*', maxEntries };
    const found = Array.isArray(expected) ? names({ ws, temp: {} }, given) : problem({ ws, temp: {} }, given);
    expect(await found).toEqual(expected);
  });

  const linked = () => {
    const folder = (own: number): Tree =>
      Object.fromEntries(['a', 'b'].map((name) => [name, own < 24 ? `->../f${own + 1}` : 'x']));
    return { ws: Object.fromEntries(Array.from({ length: 25 }, (_, own) => [`f${own}`, folder(own)])), temp: {} };
  };

  test('the disk is asked once about what the same link leads to', async () => {
    const disk = plainDisk(linked(), {});
    const asked: string[] = [];
    const counting = {
      ...disk,
      inspect: (path: string) => {
        asked.push(path);
        return disk.inspect(path);
      },
    };
    const request = {
      patterns: ['f0/**/none'],
      workingDirectory: '',
      includeHidden: false,
      ifNoFilesFound: 'error' as const,
    };
    const selected = workspaceOn(counting, { workspace: '/ws', temp: '/temp' }, 10_000).select(request);
    await expect(selected).rejects.toThrow(StepError);
    expect(asked.filter((path) => path !== '/ws')).toHaveLength(new Set(asked).size - 1);
  });

  test('links between folders that multiply end with an error that names the folder', async () => {
    const folder = (own: number): Tree => ({
      'a.yaml': 'a',
      ...Object.fromEntries(
        [...Array(25).keys()].filter((other) => other !== own).map((other) => [`l${other}`, `->../f${other}`]),
      ),
    });
    const tree = { ws: Object.fromEntries(Array.from({ length: 25 }, (_, own) => [`f${own}`, folder(own)])), temp: {} };
    expect(await problem(tree, { files: '**/b.yaml', maxEntries: 10_000 })).toEqual({
      kind: 'too-many',
      path: 'f0',
      limit: 1_000,
    });
  });

  test('a name with a backslash is refused', async () => {
    expect(await problem({ ws: { 'a\\b': 'x' }, temp: {} }, { files: '*' })).toEqual({
      kind: 'unsafe-name',
      path: 'a\\b',
    });
  });
});

test('what is packed has the mode that it has on the disk', async () => {
  const { files } = await select({ ws: { 'run.sh': '#!/bin/sh\n' }, temp: {} }, { files: '*' });
  expect(files.map(({ mode }) => mode.toString(8))).toEqual(['640']);
});

test('Windows: drives, backslashes, and what is executable', async () => {
  const tree: Tree = {
    'D:': {
      a: {
        Repo: { k8s: { 'a.yaml': 'a' }, 'run.sh': '#!/bin/sh\n', tool: '\x7fELF\x02', '.git': { config: 't' } },
        t: {},
      },
    },
  };
  const { files } = await select(tree, {
    files: 'd:\\A\\repo\\K8S\\*.yaml\nRUN.sh\ntool\n!**\\nothing',
    windows: true,
    ignoresCase: true,
    workspace: 'D:/a/repo',
    temp: 'D:/a/t',
  });
  expect(files.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
    'k8s/a.yaml 644',
    'run.sh 755',
    'tool 755',
  ]);
});
