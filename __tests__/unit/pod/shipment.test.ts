import { expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { hashOf } from '../../../src/pod/boundary.ts';
import { packShipment } from '../../../src/pod/shipment.ts';

test('each submission has a boundary of its own, in its zip, and its hash in the command', async () => {
  let drawn = 0;
  const shipment = await packShipment(
    {
      command: 'true',
      env: [],
      collect: [],
      files: { patterns: [], workingDirectory: '', ifNoFilesFound: 'error', includeHidden: false },
    },
    {
      workspace: { gather: () => Promise.resolve([]) },
      podScript: '',
      collectScript: '',
      randomHex: (bytes) => String(++drawn).padStart(2 * bytes, '0'),
    },
    () => undefined,
  );
  const sent = [1, 2, 3].map(() => shipment.address({ startBy: 0, timeout: 60, shell: '', facts: {} }));
  expect(new Set(sent.map(({ boundary }) => boundary)).size).toBe(3);
  for (const { boundary, body } of sent) {
    const zip = new AdmZip(Buffer.from(body.context, 'base64'));
    expect(zip.readAsText('.aks-run-command/boundary')).toBe(boundary);
    expect(body.command).toContain(hashOf(boundary));
  }
});
