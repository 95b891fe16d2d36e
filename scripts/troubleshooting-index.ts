/** The index at the top of docs/TROUBLESHOOTING.md: its sections by what people see. */

const BEGIN = '<!-- index: npm run troubleshooting -->';
const END = '<!-- end of the index -->';

/**
 * What people see, and the sections about it: by the chapter that they are in, or else by words of
 * their anchors.
 */
type Group = { readonly title: string; readonly chapter?: string; readonly anchors?: RegExp };

const HELM: Group = { title: 'helm fails', anchors: /^helm|^registry/ };

const GROUPS: readonly Group[] = [
  { title: 'The sign-in fails', chapter: 'Signing in' },
  {
    title: 'A permission is missing, or a policy refuses',
    chapter: 'Permissions and names in Azure',
    anchors: /forbidden|escalation|unauthorized|quota|security|webhook|admission/,
  },
  { title: 'Nothing starts', chapter: 'Starting in the cluster' },
  {
    title: 'An input or a file is missing or refused',
    chapter: 'Inputs and files',
    anchors: /path|manifests|folder|such-file|script|repository|line-endings|permission|access/,
  },
  HELM,
  {
    title: 'kubectl or the cluster reports an error',
    anchors: new RegExp(
      [
        'annotations',
        'api-server',
        'conflict',
        'context',
        'editor',
        'exists',
        'field',
        'image',
        'kind',
        'name$',
        'namespace',
        'objects',
        'plugin',
        'progress',
        'resource',
        'waiting',
      ].join('|'),
    ),
  },
  { title: 'The output shows another error', anchors: /./ },
  { title: 'The result is missing or strange', chapter: 'Waiting and the result' },
];

type Section = { readonly chapter: string; readonly anchor: string; readonly heading: string };

function sectionsOf(document: string): Section[] {
  return document.split(/^## /m).flatMap((part) => {
    const chapter = part.slice(0, part.indexOf('\n'));
    const headings = part.matchAll(/^### <a id="([^"]+)"><\/a>(.+)$/gm);
    return Array.from(headings, ([, anchor = '', heading = '']) => ({ chapter, anchor, heading }));
  });
}

function groupOf({ chapter, anchor }: Section): Group | undefined {
  const byChapter = GROUPS.find((group) => group.chapter === chapter);
  if (byChapter !== undefined) return byChapter;

  // helm first, because its sections also have words of other groups.
  return [HELM, ...GROUPS].find(({ anchors }) => anchors?.test(anchor));
}

/**
 * The document with its index as its headings are.
 *
 * @throws Error if the document has no markers for it
 */
export function withIndex(document: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error('docs/TROUBLESHOOTING.md has no markers of an index');
  const groups = Map.groupBy(sectionsOf(document), groupOf);
  const lists = GROUPS.map((group) => {
    const links = (groups.get(group) ?? []).map(
      ({ anchor, heading }) => `- [${heading}](#${anchor})`,
    );
    return `<details><summary>${group.title}</summary>\n\n${links.join('\n')}\n\n</details>`;
  });
  return `${document.slice(0, from)}${BEGIN}\n\n${lists.join('\n\n')}\n\n${document.slice(to)}`;
}
