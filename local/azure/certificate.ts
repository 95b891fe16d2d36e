import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

/** A self-signed certificate for this machine's loopback names and one more, valid for a month. */
export async function throwAwayCertificate(name: string): Promise<{ key: string; cert: string }> {
  // Yesterday, so that a client whose clock is behind accepts it.
  const notBeforeDate = new Date(Date.now() - 86_400_000);
  const notAfterDate = new Date(Date.now() + 86_400_000 * 30);
  // The name is unique, because a client that trusts two certificates finds the issuer by name.
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: `local-azure ${randomUUID()}` }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate,
      notAfterDate,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 2, value: name },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    },
  );
  return { key, cert };
}
