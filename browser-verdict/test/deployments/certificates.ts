import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  key: string;
  cert: string;
}

interface Options {
  names: string[];
  /** Ended before it began to be used. */
  expired?: boolean;
  selfSigned?: boolean;
}

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of a test, and the certificates that it issues; made with OpenSSL. */
export class Authority {
  private readonly directory = mkdtempSync(join(tmpdir(), 'authority-'));

  constructor() {
    this.openssl(
      'req',
      '-x509',
      ...key,
      '-days',
      '2',
      '-subj',
      '/CN=Authority of a test',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
  }

  /** In PEM, for clients that are to trust it. */
  get certificate(): string {
    return this.read('ca.pem');
  }

  issue({ names, expired = false, selfSigned = false }: Options): Certificate {
    const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`;
    const subject = ['-subj', `/CN=${names[0] ?? ''}`];
    if (selfSigned) {
      this.openssl(
        'req',
        '-x509',
        ...key,
        '-days',
        '2',
        ...subject,
        '-addext',
        alternatives,
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
      );
    } else {
      this.openssl('req', ...key, ...subject, '-keyout', 'key.pem', '-out', 'request.pem');
      writeFileSync(join(this.directory, 'extensions'), alternatives);
      const days = expired ? ['-days', '-1'] : ['-days', '2'];
      const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'extensions'];
      this.openssl('x509', '-req', '-in', 'request.pem', ...signing, ...days, '-out', 'cert.pem');
    }
    return { key: this.read('key.pem'), cert: this.read('cert.pem') };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private read(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'ignore' });
  }
}
