import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { waitUntil } from './wait.js';

/** One mail as it went over the wire. */
export interface Mail {
  /** The recipients of the envelope: who gets it, whatever its header says. */
  to: string[];
  /** As sent, not decoded. */
  header: string;
  text: string;
}

/** A mail server that keeps every mail. */
export class Mailbox {
  readonly mails: Mail[] = [];
  /** How many clients have connected. */
  connections = 0;

  private readonly server: SMTPServer;

  private constructor(isSilent: boolean) {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_, done) => {
        this.connections += 1;
        if (!isSilent) done();
      },
      onData: (stream, session, done) => {
        this.receive(stream, session).then(() => {
          done();
        }, done);
      },
    });
    this.server.listen(0, '127.0.0.1');
  }

  /** @param silent whether it accepts connections and never responds */
  static async open({ silent = false } = {}): Promise<Mailbox> {
    const mailbox = new Mailbox(silent);
    await once(mailbox.server.server, 'listening');
    return mailbox;
  }

  /** For `SMTP_URL`. */
  get url(): string {
    const { port } = this.server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${String(port)}`;
  }

  /** Waits for as many mails to this address. @returns them, oldest first */
  async to(address: string, count = 1): Promise<Mail[]> {
    const found = () => this.mails.filter(({ to }) => to.includes(address));
    await waitUntil(
      () => found().length >= count,
      () => `${found().length} mails to ${address}`,
    );
    return found();
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  private async receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const [header = '', ...body] = Buffer.concat(chunks).toString().split('\r\n\r\n');
    const to = envelope.rcptTo.map(({ address }) => address);
    this.mails.push({ to, header, text: decode(header, body.join('\r\n\r\n')) });
  }
}

/** RFC 2045, section 6.7, for ASCII. */
function decode(header: string, body: string): string {
  if (!/^content-transfer-encoding: quoted-printable$/im.test(header)) return body;
  return body
    .replaceAll('=\r\n', '')
    .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** The link a mail holds. */
export function linkIn({ text }: Pick<Mail, 'text'>): URL {
  return new URL(/https?:\S+/.exec(text)?.[0] ?? 'no link');
}

export function tokenIn(mail: Pick<Mail, 'text'>): string {
  return linkIn(mail).searchParams.get('token') ?? 'no token';
}
