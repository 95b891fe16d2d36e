import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commandIdOfLocation, commandIdOfMessage, parseCommandId } from '../../../src/azure/command-id.ts';

const ID = '476c56420763494ca19c24e67f15f66e';
const CLUSTER =
  '/subscriptions/5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6/resourceGroups/rg/providers/Microsoft.ContainerService/managedclusters/NAME';

test.each([
  ['32 hex digits', ID, ID],
  ['capitals', ID.toUpperCase(), undefined],
  ['31 digits', ID.slice(1), undefined],
  ['33 digits', `${ID}0`, undefined],
  ['a line break', `${ID}\n`, undefined],
  ['a GUID', '476c5642-0763-494c-a19c-24e67f15f66e', undefined],
  ['a path', `../${ID}`, undefined],
  ['nothing', '', undefined],
])('an id: %s', (_name, text, id) => {
  expect(parseCommandId(text)).toBe(id);
});

test.each([
  ['as AKS sends it', `https://management.azure.com${CLUSTER}/commandResults/${ID}?api-version=2024-01-01`, ID],
  ['in lower case', `https://management.azure.com${CLUSTER}/commandresults/${ID}`.toLowerCase(), ID],
  ['an id in capitals', `${CLUSTER}/commandResults/${ID.toUpperCase()}`, ID],
  ['without a subscription', `https://management.azure.com/subscriptions//managedclusters/X/commandResults/${ID}`, ID],
  ['another host', `https://elsewhere.example/commandResults/${ID}`, ID],
  ['a fragment behind', `/commandResults/${ID}#x`, ID],
  ['a path behind', `/commandResults/${ID}/x`, ID],
  ['no id', `${CLUSTER}/commandResults/`, undefined],
  ['an id of another kind', `${CLUSTER}/commandResults/42`, undefined],
  ['another path', `${CLUSTER}/operations/${ID}`, undefined],
  ['no header', undefined, undefined],
])('the id in a Location: %s', (_name, location, id) => {
  expect(commandIdOfLocation(location)).toBe(id);
});

test.each([
  ["AKS's own words", `container command-${ID} in aks-command namespace did not start within 30s`, ID],
  ['digits behind it', `command-${ID}0`, undefined],
  ['no id', 'the command did not start within 30s', undefined],
])('the id in a message: %s', (_name, message, id) => {
  expect(commandIdOfMessage(message)).toBe(id);
});

test('nothing but 32 hex digits ever comes out, whatever the service sends', () => {
  const hex = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF/?#\n:')), maxLength: 40 });
  fc.assert(
    fc.property(hex, fc.string(), (id, before) => {
      const found = [
        parseCommandId(id),
        commandIdOfLocation(`${before}/commandResults/${id}`),
        commandIdOfMessage(`${before} command-${id}`),
      ];
      for (const read of found) expect(read ?? '0'.repeat(32)).toMatch(/^[0-9a-f]{32}$/);
    }),
  );
});
