import { expect, test } from '@jest/globals';
import { isCertificateError } from '../../../src/edge/azure/certificate.ts';

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['SELF_SIGNED_CERT_IN_CHAIN', true],
  ['UNABLE_TO_GET_ISSUER_CERT', true],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['CERT_HAS_EXPIRED', true],
  ['CERT_NOT_YET_VALID', true],
  ['CERT_REVOKED', true],
  ['CRL_HAS_EXPIRED', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['HOSTNAME_MISMATCH', true],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', false],
  ['ERR_SSL_CERT_LENGTH_MISMATCH', false],
  ['CERTAIN', false],
  ['ECONNRESET', false],
  ['EPROTO', false],
])('%s is about a certificate: %s', (code, expected) => {
  expect(isCertificateError(code)).toBe(expected);
});
