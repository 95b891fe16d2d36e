import path from 'node:path';
import { inNamespaces } from './namespaces.ts';
import type { PodOptions } from './pod.ts';
import { findPrograms, toolFolder } from './tools.ts';

/** AKS's image, as far as it is known: there is no gzip, git, az, nc, dig, python3, or perl. */

const COREUTILS = `
arch b2sum base32 base64 basename basenc cat chgrp chmod chown chroot cksum comm cp csplit cut date
dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id
install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od
paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum
sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac
tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who
whoami yes [`;
/**
 * sed, find, and diff are a guess: nobody has reported them, but every image with bash has them.
 */
const OTHERS = 'kubectl helm jq curl sh bash grep egrep fgrep awk sed find xargs diff cmp tar';

/**
 * An empty /tmp with only the pod's own folder, where it was. `$0` is this machine's PATH: the pod
 * has no mount.
 */
const mounts = `inside=$PATH PATH=$0 scratch=\${TMPDIR%/tmp} new=\${TMPDIR%/tmp}/new
mkdir "$new" && mount -t tmpfs tmpfs "$new" && mkdir -p "$new\${scratch#/tmp}" &&
mount --rbind "$scratch" "$new\${scratch#/tmp}" && mount --rbind "$new" /tmp &&
cd "$PWD" && PATH=$inside exec sh "$@"`;

type Image = Readonly<{
  options: Pick<PodOptions, 'shell' | 'toolFolders' | 'tools'>;
  /** Whether each pod has an empty /tmp, as in AKS. */
  hasOwnTmp: boolean;
  /** Tools of the image that this machine doesn't have. */
  missing: readonly string[];
}>;

/**
 * Options for pods that have what AKS's image has, and nothing else. Their curl can't reach
 * anything.
 */
export async function aksImage(): Promise<Image> {
  const official = await toolFolder();
  const toolFolders = [
    path.join(import.meta.dirname, 'image'),
    ...(official === undefined ? [] : [official]),
  ];
  const { PATH = '' } = process.env;
  const all = `${OTHERS}${COREUTILS}`.split(/\s+/);
  const tools = [...findPrograms(all, [...toolFolders, PATH].join(path.delimiter)).keys()];
  // The new /tmp would hide tools in the old one.
  const hasOwnTmp =
    !toolFolders.some((folder) => folder.startsWith('/tmp/')) && (await inNamespaces()).length > 0;
  return {
    options: {
      toolFolders,
      tools,
      ...(hasOwnTmp ? { shell: ['sh', '-c', mounts, PATH] } : {}),
    },
    hasOwnTmp,
    missing: ['kubectl', 'helm', 'jq', 'bash'].filter((name) => !tools.includes(name)),
  };
}
