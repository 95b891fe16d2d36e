import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { DOCUMENTS, withTables } from '../../scripts/readme-tables.ts';
import { CLOUD_NAMES, parseCloud, PUBLIC_CLOUD } from '../../src/azure/cloud.ts';
import { POD_NAMES } from '../../src/pod/variables.ts';
import { STATES } from '../../src/verdict.ts';
import { blocksOf, documents, proseOf, readDocument, root } from './markdown.ts';

const readme = readDocument('README.md');

const reference = readDocument('docs/REFERENCE.md');

describe.each(Object.entries(DOCUMENTS))('the tables of %s', (name, tables) => {
  const document = readDocument(name);
  const actionYml = readDocument('action.yml');

  test('are those of action.yml; if not, run npm run readme', () => {
    expect(document).toBe(withTables(document, tables, actionYml));
  });

  test.each(document.match(/^<!-- (?:end of .*|.*npm run readme) -->$/gm) ?? [])(
    'need %s',
    (marker) => {
      const without = document.replace(marker, '');
      expect(() => withTables(without, tables, actionYml)).toThrow(marker);
    },
  );
});

type Described = Readonly<Record<string, { readonly description: string }>>;
const action = parse(readDocument('action.yml')) as { inputs: Described; outputs: Described };

test.each(Object.entries({ ...action.inputs, ...action.outputs }))(
  'action.yml describes %s in at most 220 characters',
  (_name, { description }) => {
    expect(description.length).toBeGreaterThan(20);
    expect(description.length).toBeLessThanOrEqual(220);
  },
);

const ofNamespace = ['HELM_NAMESPACE', 'POD_NAMESPACE', 'KUBECONFIG'];

test.each(Object.keys(action.inputs))('docs/REFERENCE.md has the input %s', (name) => {
  expect(reference).toContain(`\n| \`${name}\` | `);
});

test.each(Object.keys(action.outputs))(
  'the README and docs/REFERENCE.md have the output %s',
  (name) => {
    expect(reference).toContain(`\n| \`${name}\` | `);
    expect(readme).toContain(`\`${name}\``);
  },
);

test.each([...POD_NAMES, ...ofNamespace])('docs/REFERENCE.md says that the pod sees %s', (name) => {
  const [, text = ''] = reference.split('\n## What the pod sees\n');
  expect(text.split('\n## ')[0]).toMatch(new RegExp(`\`\\$?${name}\``));
});

test('every example is listed', () => {
  const examples = readdirSync(path.join(root, 'examples')).filter((name) => name.endsWith('.yml'));
  expect(examples.filter((name) => !readme.includes(`](examples/${name})`))).toEqual([]);
});

test("the clouds of action.yml's environment are those of src/azure/cloud.ts", () => {
  const { description = '' } = action.inputs['environment'] ?? {};
  expect(description.match(/(?<=`)azure\w+(?=`)/g)).toEqual(CLOUD_NAMES);
});

describe('the states are those of src/verdict.ts', () => {
  test.each([
    ['README.md', STATES],
    ['docs/REFERENCE.md', ['state', ...STATES]],
  ])('in the list of %s', (name, expected) => {
    const [, section = ''] = readDocument(name).split('\n## States\n');
    const listed = section.replace(/\n## [\s\S]*/, '').matchAll(/^[|-] `([\w-]+)`/gm);
    expect(Array.from(listed, ([, state]) => state)).toEqual(expected);
  });

  test('in the output of action.yml', () => {
    const { description = '' } = action.outputs['state'] ?? {};
    expect(description.match(/(?<=`)[\w-]+(?=`)/g)).toEqual(STATES);
  });

  test('in the form for bugs', () => {
    const { body } = parse(readDocument('.github/ISSUE_TEMPLATE/bug.yml')) as {
      body: { id?: string; attributes: { options?: string[] } }[];
    };
    const options = body.find(({ id }) => id === 'state')?.attributes.options;
    expect(options?.slice(0, -1)).toEqual(STATES);
  });
});

const NAMED_STATE =
  /\b(?:ends?(?: a step)? (?:with|as)|(?:state|result)(?: is|` =)|reports|reported as) `([a-z-]+)`/g;

test.each(documents)('%s names no other state than those of src/verdict.ts', (name) => {
  const text = readDocument(name).replaceAll(/\s+/g, ' ');
  const named = Array.from(text.matchAll(NAMED_STATE), ([, state = '']) => state);
  expect(STATES).toEqual(expect.arrayContaining(named));
});

test('the first workflow is complete, and has at most 20 lines', () => {
  const [first] = blocksOf(readme, 'yaml');
  expect(first?.text).toMatch(/^name: (?:.*\n){1,20}$/);
});

const standIns = ['azure', 'github', 'kubernetes'].map((name) => `local/${name}/README.md`);
const pages = [
  'CHANGELOG.md',
  'CODE_OF_CONDUCT.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'bench/RESULTS.md',
];
const others = [...pages, ...standIns, '__tests__/kubernetes/recorded-answers/README.md'];

describe('one truth in all documents', () => {
  const all = [...documents, ...others].map((name): [string, string] => [name, readDocument(name)]);

  test.each(all)('%s says of "at most once" exactly how far it holds', (_name, document) => {
    const text = document.replaceAll(/\s+/g, ' ').replaceAll('## A command runs at most once', '');
    const withoutLinks = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    expect(
      withoutLinks.match(
        /[^.]*(?:runs? at most once(?!, with three known exceptions)|never runs? twice)[^.]*/g,
      ) ?? [],
    ).toEqual([]);
  });

  // Messages say "cannot". Headings of the troubleshooting guide are messages, and links to them
  // quote them.
  test.each(all)('%s says "can\'t"', (_name, document) => {
    const withoutQuotes = proseOf(document).replaceAll(/\[[^\]]*\]\(#[^)]*\)/g, '');
    expect(withoutQuotes.match(/^(?!#).*\bcannot\b.*$/gm) ?? []).toEqual([]);
  });

  describe.each(CLOUD_NAMES)('the cloud %s', (name) => {
    const cloud = parseCloud(name);
    if (cloud?.authority === undefined) throw new Error(`${name} is no name of a cloud`);
    const urls = [cloud.authority, cloud.resourceManager];
    const [login, arm] = urls.map((url) => `\`${new URL(url).hostname}\``);

    test('has its hosts in docs/LIMITS.md', () => {
      const rows = readDocument('docs/LIMITS.md').replaceAll(/ +/g, ' ').split('\n');
      const row = rows.find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row).toBe(`| \`${name}\` | ${login} | ${arm} |`);
    });

    test('has its hosts in the list to copy, if it is the public cloud', () => {
      const [list] = blocksOf(readDocument('docs/LIMITS.md'), 'text');
      const hosts = urls.map((url) => `${new URL(url).hostname}:443`);
      const expected = name === PUBLIC_CLOUD.name ? hosts : [];
      expect(list?.text.match(/^[^*].*$/gm)?.filter((host) => hosts.includes(host))).toEqual(
        expected,
      );
    });

    test('is named in action.yml', () => {
      expect(action.inputs['environment']?.description).toContain(`\`${name}\``);
    });

    test('is in examples/sovereign-cloud.yml, unless it is the default', () => {
      const isNamed = readDocument('examples/sovereign-cloud.yml').toLowerCase().includes(name);
      expect(isNamed || name === PUBLIC_CLOUD.name).toBe(true);
    });
  });

  const special = CLOUD_NAMES.filter((name) => name !== PUBLIC_CLOUD.name);

  test.each(special)('the audience of the cloud %s is where others are', (name) => {
    const { audience } = parseCloud(name) ?? PUBLIC_CLOUD;
    const ending = audience.replace(PUBLIC_CLOUD.audience, '');
    expect(readDocument('examples/sovereign-cloud.yml')).toMatch(new RegExp(`${audience}\\b`));
    expect(readDocument('docs/TROUBLESHOOTING.md')).toContain(`\`${ending}\``);
  });

  test.each(special)('docs/TROUBLESHOOTING.md sets az to the cloud %s', (name) => {
    const [introduction = ''] = readDocument('docs/TROUBLESHOOTING.md').split('\n## ');
    const set = introduction.match(/(?<=az cloud set --name )[\w-]+/g) ?? [];
    expect(set.map((cloud) => cloud.toLowerCase())).toContain(name);
  });
});

test('every picture of the README exists, and none is larger than 200 KiB', () => {
  const pictures = [...readme.matchAll(/(?:src|srcset)="([^":]+)"/g)].map(([, file = '']) => file);
  const sizes = pictures.map((file) => statSync(path.join(root, file)).size);
  expect(sizes.length).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(200 * 1024);
});

test('the gate of ci.yml waits for every other job', () => {
  const { jobs } = parse(readDocument('.github/workflows/ci.yml')) as {
    jobs: Record<string, { needs?: string[]; if?: string }>;
  };
  const { 'all-tests-passed': gate, ...others } = jobs;
  expect(gate?.needs?.toSorted()).toEqual(Object.keys(others).sort());
  expect(gate?.if).toBe('always()');
});
