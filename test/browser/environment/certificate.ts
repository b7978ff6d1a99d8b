import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A self-signed certificate for these host names, in PEM format. */
export function createCertificate(hosts: string[]): { key: Buffer; cert: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), 'certificate-'));
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=example.test', '-addext', names];
  const output = ['-keyout', 'key.pem', '-out', 'certificate.pem'];
  try {
    execFileSync('openssl', [...request, ...subject, ...output], { cwd: directory, stdio: 'ignore' });
    return { key: readFileSync(join(directory, 'key.pem')), cert: readFileSync(join(directory, 'certificate.pem')) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
