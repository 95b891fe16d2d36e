/**
 * A path in the runner's workspace, `…/work/REPOSITORY/REPOSITORY`, or in its temp folder. The pod has neither. In a job with
 * a container, the runner translates the host's path to the container's only if an input begins with it
 * (ContainerInfo.cs:164-192). All repetitions are bounded, so that no text keeps the expression busy.
 */
const RUNNER_PATH =
  /(?<=^|[\s"'=:(!,<>])(?:(?:[a-z]:)?[\\/](?:[^\s\\/'"`;|&<>()]{1,255}[\\/]){0,15}?(?:_?work|__w)|[a-z]:[\\/]a)[\\/](?:([^\s\\/'"`;|&<>()]{1,255})[\\/]\1|_temp)(?![^\s\\/'"`;|&<>()])/i;

/** The first such path in a text; undefined if there is none. */
export function runnerPathIn(text: string): string | undefined {
  return RUNNER_PATH.exec(text)?.[0];
}
