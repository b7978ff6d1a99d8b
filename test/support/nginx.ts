import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';

interface NginxOptions {
  /** Where the API listens. */
  upstream: number;
  /** Speaks https on its port, as in production; else http, as a test reads it more easily. */
  tls?: boolean;
}

const redirecting = /listen 80;\n\s*listen \[::\]:80;/;
const serving = /listen 443 ssl http2;\n\s*listen \[::\]:443 ssl http2;/;

/** Debian's nginx with one of the configurations of `deploy/nginx`, changed in nothing but addresses, files and patience. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    readonly port: number,
    /** The port that stands for 80. */
    readonly plainPort: number,
  ) {}

  /** @throws Error that says how to install nginx, or what it does not like about its configuration */
  static async start(name: string, { upstream, tls = false }: NginxOptions): Promise<Nginx> {
    const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
    const [port, plainPort] = [await freePort(), await freePort()];
    makeCertificate(directory);
    makeFrontend(join(directory, 'frontend'));
    const configuration = render(readFileSync(join('deploy/nginx', name), 'utf8'), [
      [redirecting, `listen 127.0.0.1:${String(plainPort)};`],
      [serving, `listen 127.0.0.1:${String(port)}${tls ? ' ssl http2' : ''};`],
      [/(?<=ssl_certificate +).+(?=;)/, join(directory, 'certificate.pem')],
      [/(?<=ssl_certificate_key +).+(?=;)/, join(directory, 'key.pem')],
      [/127\.0\.0\.1:3000/, `127.0.0.1:${String(upstream)}`],
      [/(?<=proxy_read_timeout +)30s/, '1s'],
      ...(name === 'one-origin.conf' ? [[/(?<=root )\S+(?=;)/, join(directory, 'frontend')] as const] : []),
    ]);
    writeFileSync(join(directory, 'server.conf'), configuration);
    writeFileSync(join(directory, 'nginx.conf'), main(directory));
    const nginx = new Nginx(run(directory), directory, port, plainPort);
    await nginx.isListening();
    return nginx;
  }

  get url(): string {
    return `https://127.0.0.1:${String(this.port)}`;
  }

  /** In PEM. Nobody trusts it who is not told to. */
  get certificate(): string {
    return readFileSync(join(this.directory, 'certificate.pem'), 'utf8');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await once(this.child, 'exit');
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async isListening(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (this.child.exitCode !== null || this.child.pid === undefined) break;
      if (await answers(this.plainPort)) return;
      await delay(50);
    }
    const complaint = readFileSync(join(this.directory, 'error.log'), 'utf8');
    await this.stop();
    throw new Error(
      this.child.pid === undefined
        ? 'nginx is not installed: apt-get install -y nginx-light'
        : `nginx did not start:\n${complaint}`,
    );
  }
}

function run(directory: string): ChildProcess {
  const configuration = join(directory, 'nginx.conf');
  writeFileSync(join(directory, 'error.log'), '');
  const args = ['-e', join(directory, 'error.log'), '-p', directory, '-c', configuration];
  // Debian puts it where only root looks.
  const child = spawn('nginx', args, { env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin` }, stdio: 'ignore' });
  return child.on('error', () => undefined); // no pid
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${String(port)}`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

/** Without `master_process` it stays one process, which a signal ends, and which reads and writes as whoever runs the tests. */
function main(directory: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off; master_process off;',
    `pid ${join(directory, 'pid')};`,
    'events {}',
    'http {',
    'include /etc/nginx/mime.types; access_log off;',
    ...temporary.map((kind) => `${kind}_temp_path ${join(directory, kind)};`),
    `include ${join(directory, 'server.conf')};`,
    '}',
  ].join('\n');
}

function render(template: string, changes: (readonly [RegExp, string])[]): string {
  return changes.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text)) throw new Error(`The configuration has nothing like ${String(pattern)}`);
    return text.replace(pattern, () => replacement);
  }, template);
}

function makeCertificate(directory: string): void {
  const names = 'subjectAltName=DNS:example.com,DNS:api.example.com,IP:127.0.0.1';
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=example.com', '-addext', names, '-keyout', 'key.pem', '-out', 'certificate.pem'];
  execFileSync('openssl', [...request, ...about], { cwd: directory, stdio: 'ignore' });
}

/** As a bundler makes it: a page, and a file whose name changes with what is in it. */
function makeFrontend(directory: string): void {
  mkdirSync(join(directory, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'index.html'), '<script src="/assets/app-4f2a.js"></script>');
  writeFileSync(join(directory, 'assets/app-4f2a.js'), 'document.title = "The frontend";');
}
