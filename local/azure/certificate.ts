import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate that is its own authority, for this machine's loopback names and one more, good for a month. */
export async function throwAwayCertificate(name: string): Promise<{ key: string; cert: string }> {
  // Yesterday, so that a client whose clock is behind believes it.
  const notBeforeDate = new Date(Date.now() - 86_400_000);
  const notAfterDate = new Date(Date.now() + 86_400_000 * 30);
  // A name of its own: a client that trusts two of the same name looks for the issuer by it.
  const { private: key, cert } = await generate([{ name: 'commonName', value: `local-azure ${randomUUID()}` }], {
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
  });
  return { key, cert };
}
