import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for these names that nobody trusts who is not told to, in PEM. */
export function makeCertificate(hosts: string[]): { key: Buffer; cert: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), 'certificate-'));
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=example.test', '-addext', names, '-keyout', 'key.pem', '-out', 'certificate.pem'];
  try {
    execFileSync('openssl', [...request, ...about], { cwd: directory, stdio: 'ignore' });
    return { key: readFileSync(join(directory, 'key.pem')), cert: readFileSync(join(directory, 'certificate.pem')) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
