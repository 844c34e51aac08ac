import { RunError, UsageError } from '../../errors.ts';
import type { Server } from './server.ts';

const UNKNOWN_AUTHORITY: ReadonlySet<unknown> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
]);

/** What went wrong with an encrypted connection; undefined when it was something else. */
export function explainTls(error: Error, { name, host, tls }: Server): UsageError | RunError | undefined {
  const code = 'code' in error ? error.code : undefined;
  const refused = (text: string, ...remedy: readonly string[]) => new UsageError(text, { remedy, cause: error });
  if (error.message === 'The server does not support SSL connections') {
    return refused(
      `${name} offers no encrypted connections, and sslmode is ${tls.mode}`,
      'switch TLS on in the server (ssl = on), or use sslmode=prefer where nobody can listen in',
    );
  }
  if (UNKNOWN_AUTHORITY.has(code)) {
    return refused(
      `the certificate of ${name} is not from an authority in ${tls.rootCertificate ?? 'the list of the system'}: ${error.message}`,
      'name the certificate of the right authority with sslrootcert=FILE',
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return refused(
      `the certificate of ${name} is for another host than "${host}": ${error.message}`,
      'connect by a host name that the certificate has, or give the server a certificate for this one',
      'or use sslmode=verify-ca, which does not look at the name',
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return refused(
      `the certificate of ${name} is not valid at this time: ${error.message}`,
      'give the server a new certificate, and check the clock of this machine',
    );
  }
  const isTls =
    typeof code === 'string' && (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_') || code === 'EPROTO');
  if (!isTls && error.message !== 'There was an error establishing an SSL connection') return undefined;
  return new RunError(`the encrypted connection to ${name} failed: ${error.message}`, {
    remedy: "see the server's log for its side; where it wants a certificate of yours, name it with sslcert and sslkey",
    cause: error,
  });
}
