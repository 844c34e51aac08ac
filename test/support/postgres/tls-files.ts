import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GenerateResult, generate, type SelfsignedOptions } from 'selfsigned';
import type { PostgresServer } from './server.ts';

/** Certificates of a small world: an authority, a server called localhost, a client, and an authority nobody knows. */
export interface TlsFiles {
  readonly authority: string;
  readonly strangeAuthority: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

const SIGNING = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
] as const;

/** Restarts the server with TLS; its certificate is good for `localhost` and for no other name. */
export async function switchTlsOn(server: PostgresServer, folder: string): Promise<TlsFiles> {
  const authority = await certificate('Test Authority', { extensions: [...SIGNING] });
  const strange = await certificate('Strange Authority', { extensions: [...SIGNING] });
  const ca = { key: authority.private, cert: authority.cert };
  const own = await certificate('localhost', {
    ca,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const client = await certificate('by_certificate', { ca });
  server.settings.ssl = 'on';
  server.settings.ssl_cert_file = await server.putFile('server.crt', own.cert);
  server.settings.ssl_key_file = await server.putFile('server.key', own.private);
  server.settings.ssl_ca_file = await server.putFile('authority.crt', authority.cert);
  await server.stop('fast');
  await server.start();
  const put = async (name: string, content: string, mode = 0o600): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content, { mode });
    return path;
  };
  return {
    authority: await put('authority.crt', authority.cert),
    strangeAuthority: await put('strange.crt', strange.cert),
    clientCertificate: await put('client.crt', client.cert),
    clientKey: await put('client.key', client.private),
  };
}

function certificate(commonName: string, options: SelfsignedOptions): Promise<GenerateResult> {
  const common = { keyType: 'ec', algorithm: 'sha256' } as const;
  return generate([{ name: 'commonName', value: commonName }], { ...common, ...options });
}
