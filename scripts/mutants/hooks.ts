import { registerHooks, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { instrumented, root, sources } from './sources.ts';

const JEST = pathToFileURL(path.join(import.meta.dirname, 'jest.ts')).href;
const texts = new Map<string, string>();

/**
 * Loads the sources with their mutants in them, and the tests with our own Jest. A module that is imported with a query
 * hands it on to those of the repository that it imports, so that each query has modules of its own.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === '@jest/globals') return { url: JEST, shortCircuit: true };
    const resolved = nextResolve(specifier, context);
    const query = /\?.*$/.exec(context.parentURL ?? '')?.[0];
    const isOurs = resolved.url.startsWith(pathToFileURL(root).href) && !resolved.url.includes('/node_modules/');
    const url = query !== undefined && isOurs && !resolved.url.includes('?') ? resolved.url + query : resolved.url;
    return { ...resolved, url };
  },
  load(url, context, nextLoad) {
    const file = url.startsWith('file:') ? path.relative(root, fileURLToPath(url)).replaceAll('\\', '/') : url;
    if (!sources.includes(file)) return nextLoad(url, context);
    const source = texts.get(file) ?? stripTypeScriptTypes(instrumented(file).text, { mode: 'strip' });
    texts.set(file, source);
    return { format: 'module', source, shortCircuit: true };
  },
});
