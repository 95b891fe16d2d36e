/** Node's words for a certificate that does not pass (tls.html#x509-certificate-error-codes). */
const OTHERS = new Set([
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
]);

/**
 * Whether an error's code says that the certificate of the other side is not trusted. Node gives such a connection up
 * between the handshake and the first byte of the request, so nothing was sent, and another try ends the same.
 */
export function isCertificateError(code: string): boolean {
  // What begins with ERR_SSL can be the other side's alert, which may come after the request.
  return OTHERS.has(code) || /^(?!ERR_SSL)(?:.*_)?(?:CERT|CRL)(?:_|$)/.test(code);
}
