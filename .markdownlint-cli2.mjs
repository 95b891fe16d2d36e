import relativeLinks from 'markdownlint-rule-relative-links';

/** Links, files, and anchors only: how a document looks is Prettier's business. */
export default {
  globs: ['**/*.md'],
  gitignore: true,
  config: {
    default: false,
    'link-fragments': true,
    'reference-links-images': true,
    'relative-links': true,
  },
  customRules: [relativeLinks],
};
