import { afterAll, beforeAll } from '@jest/globals';
import {
  startLocalAzure,
  type LocalAzure,
  type LocalAzureOptions,
} from '../../local/azure/index.ts';

/** One stand-in for all tests of a file, started before and stopped after them. */
export function standIn(options: Partial<LocalAzureOptions> = {}): () => LocalAzure {
  let azure: LocalAzure | undefined;
  beforeAll(async () => {
    azure = await startLocalAzure(options);
  });
  afterAll(() => azure?.stop());
  return () => {
    if (azure === undefined) throw new Error('The stand-in is started before the tests');
    return azure;
  };
}
