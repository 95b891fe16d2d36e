import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { field, parseJson } from '../../src/azure/json.ts';
import { bundle, type BundledPackage } from '../bundle.ts';

/**
 * `node scripts/release/sbom.ts FILE`: writes a CycloneDX 1.6 document of the packages in the
 * bundle, with the hashes from the lock file. It has no time and no serial number, so the same
 * sources produce the same bytes.
 */

const [file = 'sbom.cdx.json'] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'sbom-'));
const packages = bundle(folder);
rmSync(folder, { recursive: true });

const manifest = parseJson(readFileSync('package.json', 'utf8'));
const locked = field(parseJson(readFileSync('package-lock.json', 'utf8')), 'packages');
const name = String(field(manifest, 'name'));
const version = String(field(manifest, 'version'));
const purl = (of: string, at: string) => `pkg:npm/${of.replace('@', '%40')}@${at}`;

function component({ name: of, version: at, license, path: place }: BundledPackage): object {
  const integrity = String(field(field(locked, place), 'integrity'));
  const [algorithm, digest = ''] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`The lock file has no SHA-512 of ${place}`);
  return {
    type: 'library',
    'bom-ref': purl(of, at),
    name: of,
    version: at,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    licenses: [{ expression: license }],
    purl: purl(of, at),
  };
}

const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': purl(name, version), name, version } },
  components: packages.map(component),
};
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
