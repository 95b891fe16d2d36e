import { describe } from '@jest/globals';
import { inNamespaces } from '../../local/azure/namespaces.ts';

const hasNamespaces = (await inNamespaces()).length > 0;

/**
 * Defines tests of what a pod does only in namespaces of its own. On machines that don't allow
 * them, they are skipped, except with `EVERY_TOOL=1`, as in CI, where they fail.
 */
export function inNamespacesOnly(define: () => void): void {
  if (hasNamespaces || process.env['EVERY_TOOL'] === '1') define();
  else describe.skip('without namespaces', define);
}
