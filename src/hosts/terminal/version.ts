import { readFileSync } from 'node:fs';
import { field, parseJson } from '../../azure/json.ts';

/** The version that package.json says, which lies above the bundle in the repository and in the package. */
export function version(): string {
  const beside = new URL(['..', 'package.json'].join('/'), import.meta.url);
  const said = field(parseJson(readFileSync(beside, 'utf8')), 'version');
  return typeof said === 'string' ? said : 'unknown';
}
