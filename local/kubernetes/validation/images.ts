/** The grammar of image names, from `reference/regexp.go` of distribution/reference. */

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const domainComponent = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = String.raw`${domainComponent}(?:\.${domainComponent})*(?::[0-9]+)?`;
const tag = String.raw`\w[\w.-]{0,127}`;
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const grammar = new RegExp(
  `^(?:${domain}/)?${component}(?:/${component})*(?::${tag})?(?:@${digest})?$`,
);

/**
 * Whether a kubelet can read the name of an image: `$REGISTRY/app:$TAG` without its variables is
 * `/app:`.
 */
export function isImageName(name: string): boolean {
  return grammar.test(name);
}
