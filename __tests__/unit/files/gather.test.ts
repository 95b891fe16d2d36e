import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FilesProblem } from '../../../src/failure.ts';
import type { Disk } from '../../../src/files/disk.ts';
import { onLinux } from '../../support/tools.ts';
import { failureOf, gathered, grown, PIPE, unreadable, type Given, type Tree } from './tree.ts';

/** Which files travel, on a real disk: `@actions/glob` reads no other. */

const names = async (tree: Tree, given: Given) =>
  (await gathered(tree, { ifNoFilesFound: 'ignore', ...given })).names;

/** Patterns are relative to this folder. */
const from = (workingDirectory: string) => ({ workingDirectory });

type Located = FilesProblem & { readonly path: string; readonly target?: string };

/** What is wrong, as `kind path`, or `kind path -> target`. */
async function problem(tree: Tree, given: Given): Promise<string | undefined> {
  const failure = await failureOf(tree, given);
  if (failure?.code !== 'files') return undefined;
  const { kind, path, target } = failure.problem as Located;
  return target === undefined ? `${kind} ${path}` : `${kind} ${path} -> ${target}`;
}

const CHART = ['chart/.helmignore', 'chart/Chart.yaml'];
const TEMPLATE = 'chart/templates/x.yaml';
const DOTTED = ['.env', '.github/.secret', '.github/workflows/w.yml'];
const K8S = ['k8s/a.yaml', 'k8s/b.yml', 'k8s/deep/c.yaml', 'k8s/deep/secret.yaml'];

describe('which files travel', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'a.yaml': 'a', 'b.yml': 'b', deep: { 'c.yaml': 'c', 'secret.yaml': 's' } },
      'notes.md': 'n',
      '.env': 'X=1',
      '.github': { workflows: { 'w.yml': 'on' }, '.secret': 's' },
      '.git': { config: '[core]' },
      chart: { 'Chart.yaml': 'c', '.helmignore': 'i', templates: { 'x.yaml': 'x' } },
      'shop.git': { 'x.yaml': 'x', '.git': { config: 'token' }, config: '->.git/config' },
      empty: {},
    },
  };
  test.each<[name: string, files: string, expected: readonly string[], more?: Partial<Given>]>([
    ['a folder takes everything below it', 'k8s', K8S],
    ['a slash at the end', './k8s/', K8S],
    [
      'in braces, where it counts for its own part',
      '{k8s/*.yml,k8s/*/}\n!**/s*',
      ['k8s/b.yml', 'k8s/deep/c.yaml'],
    ],
    ['a slash or dots after a file', 'notes.md/\nnotes.md/.\nnotes.md/x/..', []],
    ['one file by two patterns is sent once', 'k8s/a.yaml\nk8s/*.yaml', ['k8s/a.yaml']],
    ['an excluded folder', 'k8s\n!**/deep', ['k8s/a.yaml', 'k8s/b.yml']],
    ['a pattern takes back what an exclusion took', 'k8s\n!k8s/*\nk8s/b.yml', ['k8s/b.yml']],
    ['an exclusion is not about patterns behind it', '!k8s/*\nk8s/b.yml', ['k8s/b.yml']],
    [
      'dotfiles stay unless spelled out',
      '*',
      [...CHART, TEMPLATE, ...K8S, 'notes.md', 'shop.git/x.yaml'],
    ],
    [
      'all dotfiles but .git',
      '*\n!k8s\n!chart\n!shop.git',
      [...DOTTED, 'notes.md'],
      { includeHidden: true },
    ],
    ['.git when spelled out', '.git/config', ['.git/config']],
    ["a chart's .helmignore travels with its Chart.yaml", 'chart/Chart.yaml', CHART],
    ['not where it is excluded', 'chart/Chart.yaml\n!**/.helmignore', ['chart/Chart.yaml']],
    ['working-directory is the root', '**/*.yaml', ['c.yaml', 'secret.yaml'], from('k8s/deep')],
    [
      'a working-directory that ends with .git',
      '**',
      ['x.yaml'],
      { workingDirectory: 'shop.git', includeHidden: true },
    ],
    ['a working-directory that spells out .git is meant', '*', ['config'], from('.git')],
    ['nothing below a file', 'k8s/*.yml\nempty\nk8s/a.yaml/b\nk8s/b.yml/*', ['k8s/b.yml']],
  ])('%s', async (_name, files, expected, more = {}) => {
    expect(await names(tree, { files, ...more })).toEqual(expected);
  });
});

// Windows makes links for some users only, and has neither pipes nor modes.
onLinux(() => {
  describe('what vanishes while it is searched for is not sent, and is no broken link', () => {
    const gone = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' }));
    test.each<[name: string, files: string, disk: Given['disk']]>([
      [
        'after it was found',
        '*.yaml',
        (real, top) => ({
          search: async (folder, globs) => {
            const found = await real.search(folder, globs);
            rmSync(`${top}/ws/gone.yaml`);
            return found;
          },
        }),
      ],
      [
        'after it was followed',
        '*.yaml',
        (real) => ({ stat: (at) => (at.endsWith('/gone.yaml') ? gone() : real.stat(at)) }),
      ],
      [
        'a folder that the pattern names',
        'a.yaml\ndeep/b.yaml',
        (real) => ({ realPath: (at) => (at.endsWith('/deep') ? gone() : real.realPath(at)) }),
      ],
    ])('%s', async (_name, files, disk) => {
      const ws = { 'a.yaml': 'a', 'gone.yaml': 'g', deep: { 'b.yaml': 'b' } };
      expect(await names({ ws }, { files, disk })).toEqual(['a.yaml']);
    });
  });

  test('line breaks and the characters of a pattern in the names of folders', async () => {
    const workingDirectory = 'a\nb\\*[c]';
    const ws = { [workingDirectory]: { 'x.yaml': 'x' }, 'a-b\\*[c]': { 'y.yaml': 'y' } };
    expect(await names({ ws }, { files: '*.yaml', workingDirectory })).toEqual(['x.yaml']);
  });

  test('no folder is read that the pattern does not lead to', async () => {
    const ws = { 'a-b': { 'x.yaml': 'x', deep: {} }, locked: { 'y.yaml': 'y' } };
    const given = { files: 'a*/*.yaml', disk: unreadable('/ws/locked') };
    expect(await names({ ws }, given)).toEqual(['a-b/x.yaml']);
  });

  test('an error that is not about the disk is no message about a folder', async () => {
    const disk = () => ({ search: () => Promise.reject(new Error('a bug')) });
    await expect(names({ ws: {} }, { files: '*', disk })).rejects.toThrow('a bug');
  });

  test('what is packed has the mode that it has on the disk', async () => {
    const { files } = await gathered({ ws: { 'run.sh': '#!/bin/sh\n' } }, { files: '*' });
    expect(files.map(({ mode }) => mode.toString(8))).toEqual(['640']);
  });

  test('Windows: backslashes, letter case, and what is executable', async () => {
    const ws = {
      k8s: { 'a.yaml': 'a', 'b.yaml': 'b' },
      'run.sh': '#!/bin/sh\n',
      tool: '\x7fELF\x02',
      '.git': { config: 't' },
    };
    const files = 'k8s\\*.yaml\nrun.sh\ntool\n!K8S\\B.*';
    const { files: found } = await gathered({ ws }, { files, platform: 'win32' });
    const modes = found.map(({ path: name, mode }) => `${name} ${mode.toString(8)}`);
    expect(modes).toEqual(['k8s/a.yaml 644', 'run.sh 755', 'tool 755']);
  });

  test('.git in another letter case', async () => {
    const tree: Tree = {
      ws: { '.GIT': { config: 'token' }, alias: '->.GIT/config', deploy: '->.GIT' },
    };
    const given = { includeHidden: true };
    expect(await names(tree, { files: '{.,**,.*}\nalias', ...given })).toEqual([]);
    expect(await names(tree, { files: '.GIT/config', ...given })).toEqual(['.GIT/config']);
    expect(await names(tree, { files: '*', workingDirectory: 'deploy', ...given })).toEqual([]);
    expect(await names(tree, { files: '*', workingDirectory: '.git/..', ...given })).toEqual([]);
  });

  /** A tree with one file, at a path. */
  const treeOf = (path: string): Tree => {
    const ws = path
      .split('/')
      .reduceRight<Tree | string>((child, name) => ({ [name]: child }), 'x');
    return { ws };
  };

  describe('what is hidden', () => {
    type Row = [name: string, path: string, files: string, includeHidden: boolean, hidden: boolean];
    test.each<Row>([
      ['a dotfile', '.env', '**', false, true],
      ['what is below a dot-folder', '.github/workflows/w.yml', '**', false, true],
      ['a dotfile in a dot-folder that is spelled out', '.github/.secret', '.github', false, true],
      ['one where a star stands for the name', '.kube/.secret.yaml', '.kube/*.yaml', false, true],
      ['one where braces spell out another', 'k8s/.env', '{.github,k8s}/**', false, true],
      ['a pattern that begins with a dot', '.env.local', '.env*', false, false],
      ['a set is no spelling', '.env', '[.]env', false, true],
      ['.git, all included', 'a/.git/config', '**', true, true],
      ['.git by a star', '.git/config', '.git*', true, true],
      ['.git by its short name', 'GIT~1/config', 'GIT~1', true, true],
      ['.git by the short name that it has beside .gitx', 'GIT~12/config', 'GIT~12', true, true],
      ['.git behind a character that macOS ignores', '.g\u200cit/config', '**', true, true],
      ['.git before a dot that Windows ignores', '.git./config', '**', true, true],
      ['.gitignore is no .git', '.gitignore', '**', true, false],
      ['.helmignore in a dot-folder', '.old/.helmignore', '**', false, true],
    ])('%s: %s by %s', async (_name, path, files, includeHidden, hidden) => {
      expect(await names(treeOf(path), { files, includeHidden })).toEqual(hidden ? [] : [path]);
    });

    test('a folder that is hidden hides what is below it', async () => {
      const name = fc.constantFrom('a', '.a', '.git', '.helmignore');
      const path = fc.array(name, { minLength: 2, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(path, name, fc.boolean(), async (segments, line, includeHidden) => {
          const folder = segments.slice(0, -1);
          fc.pre(!folder.includes('.helmignore'));
          const given = { files: `{${line},**}`, includeHidden };
          fc.pre((await names(treeOf(folder.join('/')), given)).length === 0);
          expect(await names(treeOf(segments.join('/')), given)).toEqual([]);
        }),
      );
    });
  });

  describe('links are judged by what they lead to', () => {
    const tree: Tree = {
      ws: {
        '.git': { config: 'token' },
        '.env': 'secret',
        shared: { '.helmignore': 'h', 'x.yaml': 'x', deep: { 'y.yaml': 'y' } },
        chart: { 'Chart.yaml': 'c', '.helmignore': '->../.git/config' },
        other: { 'Chart.yaml': 'c', '.helmignore': '->../shared/.helmignore' },
        app: { 'values.yaml': '->../.env', 'more.yaml': '->../shared/x.yaml' },
        deploy: '->.git',
        current: '->shared',
        host: '->/etc/passwd',
        etc: '->/etc',
        dotted: '->.dotted/there',
        links: { 'x.yaml': 'x', gone: '->nowhere', under: '->x.yaml/y', out: '->/etc' },
        '.dotted': { there: { 'z.yaml': 'z' } },
        one: { 'o.yaml': 'o', other: '->../two' },
        two: { 't.yaml': 't', other: '->../one' },
      },
      etc: { passwd: 'root' },
      alias: '->ws',
    };
    const both = ['current/deep/y.yaml', 'current/x.yaml'];
    const values = ['app/more.yaml', 'app/values.yaml'];
    const byName = 'TOP/alias/app/m*\nTOP/ws/links/x*';
    test.each<[name: string, files: string, expected: readonly string[], more?: Partial<Given>]>([
      ['to a folder, named', 'current', ['current/.helmignore', ...both]],
      ['to a folder, on the way that is named', 'current/*.yaml', ['current/x.yaml']],
      ['to a folder that a star takes', 'c*\n!ch*\n!**/.*', both],
      [
        'to no folder, where a slash at the end takes only those',
        'app/*/\nhost/\nlinks/[gu]*/',
        [],
      ],
      [
        'to a folder outside, excluded so',
        'links\n!links/{gone,under}\n!links/*/',
        ['links/x.yaml'],
      ],
      ['to each other, once', 'one', ['one/o.yaml', 'one/other/other/o.yaml', 'one/other/t.yaml']],
      ['to a file, and not to what is below it', 'app/more.yaml/*', []],
      ['a folder that holds it is taken', 'app', ['app/more.yaml']],
      [
        'a wildcard does not look behind one that it does not take',
        '**/y.yaml',
        ['shared/deep/y.yaml'],
      ],
      ['an exclusion behind one', 'current\n!current/{deep,.*}', ['current/x.yaml']],
      [
        'to the workspace, by either name',
        byName,
        ['app/more.yaml', 'links/x.yaml'],
        { workspace: '/alias' },
      ],
      [
        "a chart's .helmignore that is .git's config",
        'chart',
        ['chart/Chart.yaml'],
        { includeHidden: true },
      ],
      ['to a dotfile that is spelled out', '{.env,app/*}', ['.env', ...values]],
      [
        'to what cannot be read, and nobody asks for',
        'app/m*',
        ['app/more.yaml'],
        { disk: unreadable('/ws/.env') },
      ],
      ['to a dotfile, all included', 'app', values, { includeHidden: true }],
      ['to a dotfile above working-directory', '*', ['more.yaml'], from('app')],
      ['to .git by another name', 'deploy/**\ndeploy\n[d]eploy/[c]onfig\n**/config', []],
      ['out of the workspace, passed by a pattern', '**/x.yaml\n!app', ['x.yaml'], from('links')],
      ['to a dot-folder, as the root', '**', [], from('dotted')],
    ])('%s', async (_name, files, expected, more = {}) => {
      expect(await names(tree, { files, ...more })).toEqual(expected);
    });

    test.each<[name: string, files: string, expected: string, more?: Partial<Given>]>([
      ['to a file outside', 'host', 'outside host -> /etc/passwd'],
      ['to a folder outside, on the way', 'etc/pass*', 'outside etc -> /etc'],
      ['to nothing', 'links/gone', 'broken-link links/gone'],
      ['to something below a file', 'links/under', 'broken-link links/under'],
      [
        'what cannot be looked at',
        'app/m*',
        'unreadable app/more.yaml',
        { disk: unreadable('/ws/shared/x.yaml') },
      ],
    ])('refused: %s', async (_name, files, expected, more = {}) => {
      expect(await problem(tree, { files, ...more })).toBe(expected);
    });
  });

  describe('RUNNER_TEMP', () => {
    const tree: Tree = {
      ws: { linked: '->/temp/other', 'linked-temp': '->/temp' },
      alias: '->ws',
      temp: {
        'baked-template-1.yaml': 'baked',
        'Chart.yaml': 'c',
        '.helmignore': '->other/b.yaml',
        'git-credentials-1.config': 'token',
        'aks-run-command-x.txt': 'ours',
        alias: '->git-credentials-1.config',
        gone: '->nowhere',
        pipe: PIPE,
        _runner_file_commands: { set_output: 'x' },
        _github_workflow: { 'event.json': 'x' },
        'aks-run-command-a1': { 'report.xml': 'collected' },
        rendered: {
          'a.yaml': 'a',
          up: '->../other/b.yaml',
          token: '->../git-credentials-1.config',
          deep: { 'c.yaml': 'c' },
        },
        other: { 'b.yaml': 'b' },
        '.git': { config: 'token' },
        'to-git': '->.git',
      },
    };
    const baked = ['Chart.yaml', 'baked-template-1.yaml'];
    const itself = from('/temp');
    const locked = { ...itself, disk: unreadable('/temp/other') };
    const rendered = from('/temp/rendered');
    test.each<[name: string, files: string, expected: readonly string[], more: Partial<Given>]>([
      ['itself gives the regular files directly in it', '**', baked, itself],
      ['the same by a star, though nobody may list a folder in it', '*.y*', baked, locked],
      ['and no others by name', 'git-credentials-1.config\nalias\nrendered/a.yaml', [], itself],
      ['a folder in it', '**/*.yaml', ['a.yaml', 'deep/c.yaml'], rendered],
      [
        'the workspace is no RUNNER_TEMP, though one folder is both',
        '**/*.yaml',
        ['a.yaml', 'deep/c.yaml'],
        { workspace: '/temp/rendered', temp: '/temp/rendered' },
      ],
      ['a link there to .git', '*', [], { workingDirectory: '/temp/to-git', includeHidden: true }],
      ['what an earlier step collected', '*', ['report.xml'], from('/temp/aks-run-command-a1')],
      [
        'inside the workspace keeps its own',
        'temp/*other/*.yaml\ntemp/git-credentials*\ntemp/_runner*\ntemp/_github*',
        ['temp/other/b.yaml'],
        { workspace: '/' },
      ],
    ])('%s', async (_name, files, expected, more) => {
      expect(await names(tree, { files, ...more })).toEqual(expected);
    });

    const credentials = '/temp/git-credentials-1.config';
    const commandFiles = '/temp/_runner_file_commands';
    const event = '/temp/_github_workflow';
    const notIn = (folder: string) => `working-directory-outside ${folder}`;
    test.each<[name: string, files: string, expected: string, more: Partial<Given>]>([
      ['a link to another folder of it', 'up', 'outside up -> /temp/other/b.yaml', rendered],
      ['a link to the token', 'token', `outside token -> ${credentials}`, rendered],
      [
        'the same in the workspace',
        'temp/alias',
        `outside temp/alias -> ${credentials}`,
        { workspace: '/' },
      ],
      [
        'a link from the workspace to a folder of it',
        '*',
        'working-directory-outside linked',
        from('linked'),
      ],
      [
        'a link from the workspace to it',
        '*',
        'working-directory-outside /ws/linked-temp',
        { workspace: '/alias', workingDirectory: '/ws/linked-temp' },
      ],
      [
        'a folder of what may not be RUNNER_TEMP',
        '*',
        notIn('/temp/rendered'),
        { ...rendered, temp: undefined },
      ],
      ["the runner's command files", '*', notIn(commandFiles), from(commandFiles)],
      ["the runner's copy of the event", '*', notIn(event), from(event)],
      [
        'it cannot be listed',
        '*',
        'working-directory-missing /temp',
        { ...itself, disk: unreadable('/temp') },
      ],
    ])('refused: %s', async (_name, files, expected, more) => {
      expect(await problem(tree, { files, ...more })).toBe(expected);
    });
  });

  describe('what cannot be sent is refused', () => {
    const tree: Tree = {
      ws: {
        'a.yaml': 'a',
        'core.dump': 'c',
        pipe: PIPE,
        k8s: { 'b.yaml': 'b', 'agent.sock': PIPE },
        locked: { deploy: { 'c.yaml': 'c' } },
        '.aks-run-command': { 'run.sh': '#!/bin/sh' },
        '\u007f.aks-run-command': { 'run.sh': '#!/bin/sh' },
        loop: '->loop',
        'to-pipe': '->pipe',
      },
    };
    const own = '.aks-run-command/run.sh';
    const locked = { disk: unreadable('/ws/locked') };
    const lockedBelow = { disk: unreadable('/ws/locked/deploy') };
    const unsearchable: Partial<Given> = {
      disk: (_real, top) => ({
        search: () => Promise.reject(Object.assign(new Error('EACCES'), { path: `${top}/ws` })),
      }),
    };
    test.each<[name: string, files: string, expected: string, more?: Partial<Given>]>([
      ['a pipe', 'k8s', 'not-a-file k8s/agent.sock'],
      ['a link to a pipe', 'to-pipe', 'not-a-file to-pipe'],
      ['an unreadable folder', 'locked/d*', 'unreadable locked', locked],
      ['an unreadable workspace', '*', 'unreadable .', unsearchable],
      ['one that wildcards reach', '**/*.yaml', 'unreadable locked/deploy', lockedBelow],
      ["the action's own folder", '.aks-run-command/**', `own-folder ${own}`],
      ['a name that becomes it once it is unpacked', '?.aks*', `unsafe-name \u007f${own}`],
      ['a link to itself', 'loop', 'broken-link loop'],
      [
        'a working-directory that is a file',
        '*',
        'working-directory-missing a.yaml',
        from('a.yaml'),
      ],
      ['a working-directory that is missing', '*', 'working-directory-missing nope', from('nope')],
      ['a missing workspace', '*', 'working-directory-missing /nowhere', { workspace: '/nowhere' }],
    ])('%s', async (_name, files, expected, more = {}) => {
      expect(await problem(tree, { files, ...more })).toBe(expected);
    });

    test('a name that is not UTF-8, unless nobody asks for it', async () => {
      const odd: Tree = { ws: { k8s: { 'a.yaml': 'a' } } };
      const name = Buffer.from(`${grown(odd)}/ws/k8s/caf\u00e9`, 'latin1');
      writeFileSync(name, '');
      expect(await problem(odd, { files: 'k8s' })).toBe('unsafe-name k8s/caf\ufffd');
      expect(await names(odd, { files: 'k8s\n!k8s/caf*' })).toEqual(['k8s/a.yaml']);
      expect(await names(odd, { files: '**/*.yaml' })).toEqual(['k8s/a.yaml']);
    });

    test('all patterns that cannot be used', async () => {
      const files = '../etc/passwd\na.yaml\n~/x';
      const plain: unknown = expect.stringContaining('leads out of the working directory');
      const problem: unknown = expect.objectContaining({ plain });
      expect(await failureOf(tree, { files })).toEqual({
        code: 'files',
        problem: {
          kind: 'invalid-pattern',
          invalid: [
            { line: '../etc/passwd', problem },
            { line: '~/x', problem },
          ],
        },
      });
    });

    test('half a gigabyte is read, and more is refused with the largest files named', async () => {
      const dump = (bytes: number): Given => ({
        files: 'core.dump\na.yaml',
        disk: (real) => ({
          stat: async (at) => {
            const stats = await real.stat(at);
            return at.endsWith('core.dump') ? { ...stats, bytes } : stats;
          },
        }),
      });
      const limit = 512 * 1024 * 1024;
      const biggest = [{ path: 'core.dump' }, { path: 'a.yaml' }];
      const tooLarge = { code: 'too-large', afterPacking: false, bytes: limit + 1, biggest };
      expect(await names(tree, dump(limit - 1))).toEqual(['a.yaml', 'core.dump']);
      expect(await failureOf(tree, dump(limit))).toMatchObject(tooLarge);
    });
  });

  test('more files than a zip can hold, by links that multiply', async () => {
    const linksTo = (target: string): Tree =>
      Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`l${index}`, target]));
    const ws = {
      f0: linksTo('->../f1'),
      f1: linksTo('->../f2'),
      f2: linksTo('->../f3'),
      f3: { x: 'x' },
    };
    const remembered = <T>(ask: (at: string) => Promise<T>) => {
      const known = new Map<string, Promise<T>>();
      return (at: string) => {
        const answer = known.get(at) ?? ask(at);
        known.set(at, answer);
        return answer;
      };
    };
    // So many paths lead to 124 places, each of which is asked about once.
    const disk = (real: Disk) => ({
      realPath: remembered((at) => real.realPath(at)),
      stat: remembered((at) => real.stat(at)),
    });
    expect(await failureOf({ ws }, { files: 'f0', disk })).toMatchObject({
      problem: { kind: 'too-many', path: 'f0', limit: 65_000 },
    });
  });

  describe("a chart's .helmignore stays where it is", () => {
    const chart = (ignore: string): Tree => ({
      ws: {
        chart: { 'Chart.yaml': 'c', '.helmignore': ignore },
        folder: { x: 'x' },
        '.ignore': 'i',
      },
      etc: { passwd: 'root' },
    });
    test.each([
      ['a link out of the workspace', '->/etc/passwd'],
      ['a link to a folder', '->../folder'],
      ['a link to a hidden file', '->../.ignore'],
    ])('%s', async (_name, ignore) => {
      expect(await names(chart(ignore), { files: 'chart/Chart.yaml' })).toEqual([
        'chart/Chart.yaml',
      ]);
    });

    test('unless everything is included', async () => {
      const given = { files: 'chart/Chart.yaml', includeHidden: true };
      expect(await names(chart('->../.ignore'), given)).toEqual(CHART);
    });

    test('a chart has none, another folder has one, a folder of that name is hidden', async () => {
      const folder = { '.helmignore': 'h' };
      const ws = {
        chart: { 'Chart.yaml': 'c' },
        folder,
        '.helmignore': { x: 'x' },
        link: '->.helmignore/x',
      };
      expect(await names({ ws }, { files: '**' })).toEqual([
        'chart/Chart.yaml',
        'folder/.helmignore',
      ]);
    });
  });
});

describe('warnings', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'a.yaml': 'a', 'b.yaml': 'b' },
      docs: { x: 'x' },
      'run.sh': '#!/bin/sh\r\n',
      'ok.sh': '#!/bin/sh\n\r\n',
      hid: { '.x': 'x' },
    },
  };
  const crlf =
    'The script run.sh has Windows line endings (CRLF), so the pod cannot run it. Add *.sh ' +
    'text eol=lf to .gitattributes, run "git add --renormalize .", and commit both.';
  const none = (pattern: string) => `No files were found for ${pattern}.`;
  const excluded = (pattern: string, by: string) =>
    `All files found for ${pattern} are excluded by ${by}.`;
  test.each<[string, string, readonly string[]]>([
    ['one that another takes back in part', 'k8s\n!k8s/*\nk8s/b.yaml', []],
    ['a precaution', 'k8s\n!**/*.key\n!k8s/c.yaml\n!docs', []],
    ['a precaution above its pattern', '!*.key\nk8s', []],
    ['a script with CRLF', '*.sh', [crlf]],
    [
      'a pattern that takes nothing, with what was meant',
      'k8s/a.yml',
      [none('k8s/a.yml'), 'Did you mean k8s/a.yaml?'],
    ],
    ['a pattern of which nothing is left', 'docs\n!docs/x', [excluded('docs', '!docs/x')]],
    [
      'patterns of which several exclusions leave nothing',
      'k8s\nno\n*.sh\n!k8s/a*\n!k8s/b*\n!**/*.sh\n!none',
      [none('no'), excluded('k8s', '!k8s/a*, !k8s/b*'), excluded('*.sh', '!**/*.sh')],
    ],
    ['only what is hidden, which an exclusion names, too', 'hid\n!**/.*', [none('hid')]],
  ])('%s', async (_name, files, expected) => {
    expect((await gathered(tree, { files, ifNoFilesFound: 'warn' })).warnings).toEqual(expected);
  });

  test('a pattern that takes nothing is an error that names it, or no matter', async () => {
    expect(await failureOf(tree, { files: 'k8s\nk8s/a.yml' })).toEqual({
      code: 'files',
      problem: {
        kind: 'no-match',
        patterns: ['k8s/a.yml'],
        nearest: ['k8s/a.yaml'],
      },
    });
    expect(
      (await gathered(tree, { files: 'k8s/a.yml', ifNoFilesFound: 'ignore' })).warnings,
    ).toEqual([]);
  });

  test('patterns of which exclusions leave nothing are an error that names both, or no matter', async () => {
    const files = 'k8s\ndocs/x\n!{k8s,docs}/**';
    expect(await failureOf(tree, { files })).toEqual({
      code: 'files',
      problem: {
        kind: 'all-excluded',
        patterns: ['k8s', 'docs/x'],
        exclusions: ['!{k8s,docs}/**'],
      },
    });
    expect((await gathered(tree, { files, ifNoFilesFound: 'ignore' })).warnings).toEqual([]);
  });
});

describe('what is left out because of where it leads is named', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'app.yaml': 'a', 'policy.yaml': '->../.shared/policy.yaml', base: '->../.shared' },
      '.shared': { 'policy.yaml': 'p' },
      '.hidden': '->.shared',
      deploy: '->.git',
      '.git': { config: 'token' },
      chart: { 'Chart.yaml': 'c', '.helmignore': '->../.shared/policy.yaml' },
      many: Object.fromEntries(
        Array.from({ length: 25 }, (_, at) => [`l${at + 10}`, '->../.shared/policy.yaml']),
      ),
    },
  };
  const hidden = (names: string) =>
    `Not sent, because a link leads to a hidden file or folder: ${names}. To send it, ` +
    'set include-hidden-files.';
  const firstOfMany = Array.from({ length: 20 }, (_, at) => `many/l${at + 10}`).join(', ');
  const none = (pattern: string) => `No files were found for ${pattern}.`;
  type Row = [name: string, files: string, warnings: readonly string[], more?: Partial<Given>];
  test.each<Row>([
    ['a file and a folder', 'k8s', [hidden('k8s/base, k8s/policy.yaml')]],
    ['by two lines, once', 'k8s/*.yaml\nk8s/p*', [hidden('k8s/policy.yaml'), none('k8s/p*')]],
    [
      'named, with nothing else',
      'k8s/policy.yaml',
      [hidden('k8s/policy.yaml'), none('k8s/policy.yaml')],
    ],
    ['a folder on the way', 'k8s/base/*.yaml', [hidden('k8s/base'), none('k8s/base/*.yaml')]],
    ["a chart's .helmignore", 'chart', [hidden('chart/.helmignore')]],
    ['many, with a count', 'many', [hidden(`${firstOfMany}, and 5 more`), none('many')]],
    [
      'everything included, and a link into .git',
      'k8s\ndeploy',
      ['Not sent, because a link leads into .git: deploy.', none('deploy')],
      { includeHidden: true },
    ],
    ['not if it is excluded', 'k8s\n!k8s/base\n!k8s/policy.yaml', []],
    ['not if another line asks for it', 'k8s/p*\n{.shared,k8s}/policy.yaml', []],
    ['not if the link itself is hidden', '*hidden', [none('*hidden')]],
  ])('%s', async (_name, files, expected, more = {}) => {
    const { warnings } = await gathered(tree, { files, ifNoFilesFound: 'warn', ...more });
    expect(warnings).toEqual(expected);
  });
});

describe('what a pattern that takes nothing probably means', () => {
  const tree: Tree = {
    ws: {
      k8s: { 'app.yaml': 'a' },
      deploy: { none: {} },
      'README.md': 'r',
      '.env': 'e',
      '.git': { HEAD: 'h' },
    },
  };
  test.each<[string, string, readonly string[], Partial<Given>?]>([
    ['.yml for .yaml', 'k8s/app.yml', ['k8s/app.yaml']],
    ['working-directory again', 'k8s/app.yaml', ['app.yaml'], from('k8s')],
    ['a backslash', 'k8s\\app.yaml', ['k8s/app.yaml']],
    ['each once', 'k8s/app.yml\n./k8s/app.yml\nREADME', ['k8s/app.yaml']],
    ['what is hidden is not misspelled', '*.env', []],
    ['nothing near', 'manifests/**', []],
    ['what Git keeps is no guess', 'HEADS', []],
    ['a list in braces is several names', 'k8s/{app,web}.yml', ['k8s/app.yaml']],
  ])('%s', async (_name, files, nearest, more = {}) => {
    expect(await failureOf(tree, { files, ...more })).toMatchObject({
      problem: { kind: 'no-match', nearest },
    });
  });

  test('ten patterns are compared with 10,000 names, without folders that cannot be listed', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `f${index}.yml`);
    const fileOf = (name: string) => ({ name, isFile: true, isFolder: false });
    const many = Array.from({ length: 10_001 }, (_, index) => fileOf(`f${index}.yaml`));
    const entries = [{ name: 'no', isFile: false, isFolder: true }, ...many, fileOf('zz')];
    const disk = () => ({
      list: (folder: string) =>
        /\/ws\/?$/.test(folder) ? Promise.resolve(entries) : Promise.reject(new Error('EACCES')),
    });
    expect(await failureOf(tree, { files: lines.join('\n'), disk })).toMatchObject({
      problem: { nearest: lines.slice(0, 10).map((line) => line.replace('yml', 'yaml')) },
    });
    expect(await failureOf(tree, { files: 'ZZ', disk })).toMatchObject({
      problem: { nearest: [] },
    });
  });
});
