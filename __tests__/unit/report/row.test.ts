import { expect, test } from '@jest/globals';
import { fits, type Match, type Signs } from '../../../src/report/catalogue/row.ts';

const ROW: Match = { service: 'arm', codes: ['Conflict'], words: /^(?<kind>\w+) is busy/ };

test.each<[string, Signs, ReturnType<typeof fits>]>([
  ['all of it', { service: 'arm', code: 'Conflict', text: 'cluster is busy' }, { kind: 'cluster' }],
  ['other words', { service: 'arm', code: 'Conflict', text: 'no' }, undefined],
  ['no words', { service: 'arm', code: 'Conflict' }, undefined],
  ['another code', { service: 'arm', code: 'NotFound', text: 'cluster is busy' }, undefined],
  ['no code', { service: 'arm', text: 'cluster is busy' }, undefined],
  ['another service', { service: 'aks', code: 'Conflict', text: 'cluster is busy' }, undefined],
])('a row fits a failure that shows all that it is known by: %s', (_name, signs, groups) => {
  expect(fits(ROW, signs)).toEqual(groups);
});
