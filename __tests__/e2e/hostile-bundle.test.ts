import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { rewrites, startLocalAzure } from '../../local/azure/index.ts';
import { boundaryOf, hashOf, startLine } from '../../src/pod/boundary.ts';
import { atPrompt, environment, onCluster } from '../cli/support.ts';

const bundle = (index: string, content: string | Buffer = '') =>
  gzipSync(Buffer.concat([Buffer.from(`${index}\n\n`), Buffer.from(content)]));

/** Two of those that `__tests__/unit/pod/bundle.test.ts` has. */
test.each<[string, Buffer]>([
  ['a path that leads out', bundle('files\nfile 1 ok\nfile 1 a/../../evil', '12')],
  ['a gzip bomb', bundle('files\nfile 1 ok', Buffer.alloc(56_000_000))],
])('a bundle with %s is refused whole', async (_name, packed) => {
  const boundary = boundaryOf('0123456789abcdef0123456789abcdef');
  const sent = packed.toString('base64').replaceAll(/.{76}/g, '$&\n');
  const logs = `${startLine(hashOf(boundary))}out\n\n${boundary} exit 0\n\n${boundary} outputs\n\n${boundary} summary\n\n${boundary} collected\n${sent}\n${boundary} end\n`;
  const result = { id: 'x', properties: { provisioningState: 'Succeeded', exitCode: 0, logs } };
  const azure = await startLocalAzure({
    faults: [rewrites('command-result', { status: 200, body: JSON.stringify(result) }, { times: Infinity })],
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  const file = path.join(folder, 'result.json');
  try {
    const env = { ...environment(azure), TMPDIR: folder };
    const first = await atPrompt([...onCluster(azure), '--no-wait', 'true'], { env });
    const id = /AKS accepted command ([0-9a-f]{32})/.exec(first.stderr)?.[1] ?? '';
    const { code, stdout, stderr } = await atPrompt([...onCluster(azure), '--result', file, '--command-id', id], {
      env,
    });

    expect({ code, stdout }).toEqual({ code: 255, stdout: 'out\n' });
    expect(stderr).toMatch(/^Error: plain: the files could not be collected: what arrived is invalid \(.+\)$/m);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ state: 'failed', 'exit-code': '0', collected: '' });
    expect(
      readdirSync(folder, { recursive: true }).filter(
        (name) => !/(?:result\.json|output\.txt|aks-run-command-\w{6})$/.test(String(name)),
      ),
    ).toEqual([]);
  } finally {
    await azure.stop();
    rmSync(folder, { recursive: true });
  }
});
