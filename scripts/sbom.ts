import { readFileSync, writeFileSync } from 'node:fs';
import { field, parseJson } from '../src/text/json.ts';

/**
 * `npx node scripts/sbom.ts FILE`: writes a CycloneDX 1.6 document of the packages in the bundle, which are
 * those that `dist/licenses.txt` names, with the hashes from the lock file. It has no time and no
 * serial number, so the same sources produce the same bytes. `npm sbom` of npm 11 leaves out packages
 * of the bundle, and lists others that are not in it.
 */

const [file = 'sbom.cdx.json'] = process.argv.slice(2);
const manifest = parseJson(readFileSync('package.json', 'utf8'));
const lockFile = parseJson(readFileSync('package-lock.json', 'utf8'));
const locked = Object.entries(field(lockFile, 'packages') as Record<string, unknown>);
const bundled = readFileSync('dist/licenses.txt', 'utf8').matchAll(/^(.+)@(.+)\nLicense: (.+)$/gm);

const purl = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component([, name = '', version = '', license = '']: RegExpExecArray): object {
  const [, entry] =
    locked.find(
      ([path, one]) => path.endsWith(`node_modules/${name}`) && field(one, 'version') === version,
    ) ?? [];
  const [algorithm, digest = ''] = String(field(entry, 'integrity')).split('-');
  if (algorithm !== 'sha512') throw new Error(`The lock file has no SHA-512 of ${name}@${version}`);
  return {
    type: 'library',
    'bom-ref': purl(name, version),
    name,
    version,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    licenses: [{ expression: license }],
    purl: purl(name, version),
  };
}

const name = String(field(manifest, 'name'));
const version = String(field(manifest, 'version'));
const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': purl(name, version), name, version } },
  components: [...bundled].map(component),
};
writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
