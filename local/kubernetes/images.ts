/** The grammar of image names, from `reference/regexp.go` of distribution/reference. */

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const domainComponent = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = String.raw`${domainComponent}(?:\.${domainComponent})*(?::[0-9]+)?`;
const tag = String.raw`\w[\w.-]{0,127}`;
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const grammar = new RegExp(
  `^(?:${domain}/)?${component}(?:/${component})*(?::${tag})?(?:@${digest})?$`,
);

/** Why an image can't be pulled, as a node reports it. */
export type Obstacle = Readonly<{ reason: string; message: string }>;

/**
 * Why one of these images can't be pulled; undefined if all can. No node can read a name with a
 * part missing (`$REGISTRY/app:$TAG` without its variables is `/app:`), and a tag that begins with
 * `broken` stands for an image that isn't there.
 */
export function obstacleOf(images: readonly string[]): Obstacle | undefined {
  const unreadable = images.find((image) => !grammar.test(image));
  if (unreadable !== undefined)
    return {
      reason: 'InvalidImageName',
      message: `couldn't parse image name "${unreadable}": invalid reference format`,
    };

  const broken = images.find((image) => /:broken[^/]*$/.test(image));
  if (broken === undefined) return undefined;
  return { reason: 'ImagePullBackOff', message: `Failed to pull image "${broken}": not found` };
}
