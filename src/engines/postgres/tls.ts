import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, getCACertificates } from 'node:tls';
import { didYouMean } from '../../did-you-mean.ts';
import type { Effects } from '../../effects.ts';
import { UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { isAbsent } from '../system-error.ts';
import type { ConnectionParts } from './connection-url.ts';
import { refuseIfShared, unreadable } from './password.ts';

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

export type SslMode = (typeof MODES)[number];

/** How a connection is encrypted and what is verified, in the words of libpq. */
export interface TlsSettings {
  readonly mode: SslMode;
  /** File of the authorities that are trusted, or `system` for those of the system; null: nothing is verified. */
  readonly rootCertificate: string | null;
  /** File of our own certificate. */
  readonly certificate: string | null;
  /** File of the key to our own certificate. */
  readonly key: string | null;
}

/**
 * What URL and environment say about TLS, and the files in `~/.postgresql` where they say nothing.
 * @throws UsageError for a mode that does not exist, or one that would not verify what it seems to verify.
 */
export function tlsSettings(parts: ConnectionParts, host: string, env: Effects['env']): TlsSettings {
  const ownFile = (name: string): string | null => {
    const path = join(env.HOME || homedir(), '.postgresql', name);
    return existsSync(path) ? path : null;
  };
  const rootCertificate = parts.sslrootcert ?? (env.PGSSLROOTCERT || ownFile('root.crt'));
  const certificate = parts.sslcert ?? (env.PGSSLCERT || ownFile('postgresql.crt'));
  const key = parts.sslkey ?? (env.PGSSLKEY || (certificate === null ? null : ownFile('postgresql.key')));
  const written = parts.sslmode ?? (env.PGSSLMODE || (rootCertificate === 'system' ? 'verify-full' : 'prefer'));
  const mode = MODES.find((known) => known === written);
  if (mode === undefined) {
    throw new UsageError(`"${printable(written, 40)}" is not an sslmode${didYouMean(written.slice(0, 40), MODES)}`, {
      remedy: `one of ${MODES.join(', ')}`,
    });
  }
  if (host.startsWith('/')) return { mode: 'disable', rootCertificate: null, certificate: null, key: null };
  if (rootCertificate === 'system' && mode !== 'verify-full') {
    throw new UsageError(`sslmode ${mode} is too weak for sslrootcert=system, whose authorities vouch for anybody`, {
      remedy: 'use sslmode=verify-full',
    });
  }
  if (rootCertificate === null && (mode === 'verify-ca' || mode === 'verify-full')) {
    throw new UsageError(`sslmode ${mode} needs the certificate of the authority that is trusted`, {
      remedy: [
        'name its file with sslrootcert=FILE (or PGSSLROOTCERT, or ~/.postgresql/root.crt)',
        'or trust the authorities of the system with sslrootcert=system',
      ],
    });
  }
  if (certificate !== null && key === null) {
    throw new UsageError(`the certificate ${certificate} is there, but not its key`, {
      remedy: 'name the file of the key with sslkey=FILE or PGSSLKEY',
    });
  }
  return { mode, rootCertificate, certificate, key };
}

/** The order in which plain and encrypted connections are tried. */
export function attemptsOf(mode: SslMode): readonly ('plain' | 'tls')[] {
  switch (mode) {
    case 'disable':
      return ['plain'];
    case 'allow':
      return ['plain', 'tls'];
    case 'prefer':
      return ['tls', 'plain'];
    default:
      return ['tls'];
  }
}

/**
 * What Node needs for an encrypted connection: with a root certificate the server's is verified, its host name only by
 * `verify-full`.
 * @throws UsageError for a file that is missing or cannot be used, and for a key that others may read.
 */
export async function tlsOptions(settings: TlsSettings): Promise<ConnectionOptions> {
  const { mode, rootCertificate } = settings;
  return {
    rejectUnauthorized: rootCertificate !== null,
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(rootCertificate === null ? {} : { ca: await authorities(rootCertificate) }),
    ...(await ownCertificate(settings)),
  };
}

async function authorities(file: string): Promise<string | string[]> {
  if (file === 'system') return getCACertificates('system');
  const text = await read(file, 'the root certificate');
  if (text.includes('-----BEGIN')) return text;
  throw new UsageError(`the root certificate ${file} is not one`, {
    remedy: 'name a PEM file: -----BEGIN CERTIFICATE-----',
  });
}

async function ownCertificate({ certificate, key }: TlsSettings): Promise<{ cert: string; key: string } | undefined> {
  if (certificate === null || key === null) return undefined;
  const { mode, uid } = await stat(key).catch(refusal(key, 'the key'));
  // A key of root may be readable for its group, as servers share them.
  refuseIfShared(key, 'the key', uid === 0 ? mode & ~0o040 : mode);
  const texts = { cert: await read(certificate, 'the certificate'), key: await read(key, 'the key') };
  let isPair: boolean;
  try {
    isPair = new X509Certificate(texts.cert).checkPrivateKey(createPrivateKey(texts.key));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`the certificate ${certificate} or its key ${key} cannot be read: ${why}`, {
      remedy: 'both must be PEM files, the key without a passphrase (openssl pkey -in KEY -out NEW)',
      cause,
    });
  }
  if (isPair) return texts;
  throw new UsageError(`the key ${key} does not belong to the certificate ${certificate}`, {
    remedy: 'correct sslcert or sslkey',
  });
}

function read(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch(refusal(path, what));
}

function refusal(path: string, what: string): (cause: unknown) => never {
  return (cause) => {
    if (!isAbsent(cause)) throw unreadable(path, what, cause);
    throw new UsageError(`${what} ${path} does not exist`, { remedy: 'correct the path in the connection' });
  };
}
