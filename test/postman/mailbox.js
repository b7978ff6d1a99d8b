import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { URL } from 'node:url';
import { SMTPServer } from 'smtp-server';

/** How long a request waits for its mail, and how often it checks. */
const mailTimeoutMs = 10_000;
const checkIntervalMs = 20;

/**
 * Starts a mail server, and an HTTP server from which the collection reads the mails. `GET /confirm-email?to=ada@example.com`
 * responds with `{ "token": "..." }`. The token is from the oldest mail to this address whose link has this path. Each mail is
 * returned once.
 *
 * @returns the URLs for `SMTP_URL` and `mailUrl`, and a function that closes both servers
 */
export async function openMailbox() {
  /** @type {{ to: string, link: URL }[]} */
  const mails = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData: (stream, session, callback) => void receive(stream, session, mails).then(() => callback(), callback),
  });
  const http = createServer((request, response) => void respond(request, response, mails));
  const servers = [smtp.server, http];
  await Promise.all(
    [smtp.listen(0, '127.0.0.1'), http.listen(0, '127.0.0.1')].map((server) => once(server, 'listening')),
  );
  const [smtpPort, port] = servers.map(
    (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port,
  );
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      smtp.close();
      http.close();
      http.closeAllConnections();
    },
  };
}

/**
 * @param {import('smtp-server').SMTPServerDataStream} stream
 * @param {import('smtp-server').SMTPServerSession} session
 * @param {{ to: string, link: URL }[]} mails
 */
async function receive(stream, { envelope }, mails) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const link = /https?:\S+/.exec(decode(Buffer.concat(chunks).toString()))?.[0] ?? '';
  for (const { address } of envelope.rcptTo) mails.push({ to: address, link: new URL(link) });
}

/** Decodes quoted-printable (RFC 2045, section 6.7), as far as a link needs it. @param {string} mail */
function decode(mail) {
  return mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ to: string, link: URL }[]} mails
 */
async function respond(request, response, mails) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const find = () => mails.findIndex(({ to, link }) => to === searchParams.get('to') && link.pathname === pathname);
  for (const deadline = Date.now() + mailTimeoutMs; find() < 0 && Date.now() < deadline;) await delay(checkIntervalMs);
  const [mail] = find() < 0 ? [] : mails.splice(find(), 1);
  const token = mail?.link.searchParams.get('token');
  response.writeHead(token ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token }));
}
