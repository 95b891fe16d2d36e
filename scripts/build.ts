import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { bundle, type BundledPackage } from './bundle.ts';

/** Builds `dist/`: the bundle, and the licenses of everything in it. */

// Built next to the old bundle and then moved into place, so that a step that runs meanwhile finds
// a complete one.
const next = 'dist.next';
rmSync(next, { recursive: true, force: true });
const packages = bundle(next);
writeFileSync(
  `${next}/licenses.txt`,
  `${packages.map(licenseOf).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
);
rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');

function licenseOf({ name, version, license, licenseText }: BundledPackage): string {
  return `${name}@${version}\nLicense: ${license}${licenseText && `\n\n${licenseText}`}`;
}
