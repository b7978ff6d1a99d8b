import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { waitUntil } from './wait.js';

interface NginxOptions {
  /** The port of the API, or those of its instances. */
  upstream: number | number[];
  /** Serves https on its port, as in production; else http, which a test reads more easily. */
  tls?: boolean;
  /** Instead of that of the configuration. */
  readTimeoutSeconds?: number;
  /** Lines above `server`, and in `location /`, as a recipe adds them. */
  additions?: { http: string; location: string };
}

const redirecting = /listen 80;\n\s*listen \[::\]:80;/;
const serving = /listen 443 ssl http2;\n\s*listen \[::\]:443 ssl http2;/;

/** Debian's nginx with one of the configurations of `deploy/nginx`, with nothing changed but addresses, files and, on request, the read timeout. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    readonly port: number,
    /** The port that stands for 80. */
    readonly plainPort: number,
  ) {}

  /** @throws Error that says how to install nginx, or what is wrong with its configuration */
  static async start(name: string, options: NginxOptions): Promise<Nginx> {
    const { upstream, tls = false, readTimeoutSeconds, additions } = options;
    const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
    const [port, plainPort] = [await freePort(), await freePort()];
    makeCertificate(directory);
    createFrontend(join(directory, 'frontend'));
    const template = readFileSync(join('deploy/nginx', name), 'utf8');
    const configuration = render(template, [
      [redirecting, `listen 127.0.0.1:${String(plainPort)};`],
      [serving, `listen 127.0.0.1:${String(port)}${tls ? ' ssl http2' : ''};`],
      [/(?<=ssl_certificate +).+(?=;)/, join(directory, 'certificate.pem')],
      [/(?<=ssl_certificate_key +).+(?=;)/, join(directory, 'key.pem')],
      [/server 127\.0\.0\.1:3000[^;]*;/, serverLines(template, [upstream].flat())],
      ...(readTimeoutSeconds ? [[/(?<=proxy_read_timeout +)30s/, `${readTimeoutSeconds}s`] as const] : []),
      ...(additions
        ? [
            [/^(?=upstream )/m, additions.http.replace('/var/cache/nginx', directory)] as const,
            [/(?<=location \/ \{\n)/, additions.location] as const,
          ]
        : []),
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

  /** In PEM, for clients that are to trust it. */
  get certificate(): string {
    return readFileSync(join(this.directory, 'certificate.pem'), 'utf8');
  }

  /** What it wrote to its error log. */
  get errors(): string {
    return readFileSync(join(this.directory, 'error.log'), 'utf8');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await once(this.child, 'exit');
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async isListening(): Promise<void> {
    const isRunning = () => this.child.exitCode === null && this.child.pid !== undefined;
    await waitUntil(async () => !isRunning() || (await responds(this.plainPort)));
    if (isRunning()) return;
    const errors = readFileSync(join(this.directory, 'error.log'), 'utf8');
    await this.stop();
    throw new Error(
      this.child.pid === undefined
        ? 'nginx is not installed: apt-get install -y nginx-light'
        : `nginx did not start:\n${errors}`,
    );
  }
}

/** One line for each instance, with the parameters of the line in the configuration. */
function serverLines(template: string, ports: number[]): string {
  const [, parameters = ''] = /server 127\.0\.0\.1:3000([^;]*);/.exec(template) ?? [];
  return ports.map((port) => `server 127.0.0.1:${String(port)}${parameters};`).join('\n');
}

function run(directory: string): ChildProcess {
  const configuration = join(directory, 'nginx.conf');
  writeFileSync(join(directory, 'error.log'), '');
  const args = ['-e', join(directory, 'error.log'), '-p', directory, '-c', configuration];
  // Debian installs it in a directory that is only in the PATH of root.
  const child = spawn('nginx', args, { env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin` }, stdio: 'ignore' });
  return child.on('error', () => undefined); // no pid
}

async function responds(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${String(port)}`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

/** Without `master_process` it is one process, which a signal ends, with the rights of the user who runs the tests. */
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
    if (!pattern.test(text)) throw new Error(`The configuration has no ${String(pattern)}`);
    return text.replace(pattern, () => replacement);
  }, template);
}

function makeCertificate(directory: string): void {
  const names = 'subjectAltName=DNS:example.com,DNS:api.example.com,IP:127.0.0.1';
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=example.com', '-addext', names, '-keyout', 'key.pem', '-out', 'certificate.pem'];
  execFileSync('openssl', [...request, ...about], { cwd: directory, stdio: 'ignore' });
}

/** As a bundler creates it: a page, and a file whose name changes with its content. */
function createFrontend(directory: string): void {
  mkdirSync(join(directory, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'index.html'), '<script src="/assets/app-4f2a.js"></script>');
  writeFileSync(join(directory, 'assets/app-4f2a.js'), 'document.title = "The frontend";');
}
