import path from 'node:path';

/**
 * The environment for a program that is started, with only the absolute folders of `PATH` in it.
 * A relative or an empty entry means a folder of the checkout, so anyone who can change a file
 * there could choose the program. Without any absolute folder, the system's own `PATH` applies.
 */
export function withAbsolutePath(env: NodeJS.ProcessEnv, platform: string): NodeJS.ProcessEnv {
  const safe: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (!isPath(name, platform)) {
      safe[name] = value;
      continue;
    }
    const folders = absoluteFolders(value, platform);
    // An empty PATH would mean the current folder.
    if (folders !== '') safe[name] = folders;
  }
  return safe;
}

/** Windows ignores the letter case of names, and usually has `Path`. */
function isPath(name: string, platform: string): boolean {
  return (platform === 'win32' ? name.toUpperCase() : name) === 'PATH';
}

function absoluteFolders(value: string, platform: string): string {
  if (platform !== 'win32') {
    const folders = value.split(':').filter((folder) => path.posix.isAbsolute(folder));
    return folders.join(':');
  }
  // An entry may be in quotes, and then contain semicolons.
  const entries = Array.from(value.matchAll(/(?:"[^"]*"|[^;"])+/g), ([entry]) => entry);
  return entries.filter((entry) => isOnDrive(entry.replaceAll('"', ''))).join(';');
}

/**
 * `C:\bin` or `\\server\share`. `\bin` is on the current drive, and `C:bin` is in its current
 * folder.
 */
function isOnDrive(folder: string): boolean {
  return /^(?:[a-z]:[\\/]|[\\/]{2})/i.test(folder);
}
