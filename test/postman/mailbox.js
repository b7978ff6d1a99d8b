import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { URL } from 'node:url';
import { SMTPServer } from 'smtp-server';

/** In milliseconds: how long a request waits for its mail, and how often it looks. */
const patience = 10_000;
const pause = 20;

/**
 * A mail server, and beside it a page for the collection: `GET /confirm-email?to=ada@example.com` answers
 * `{ "token": "..." }` out of the oldest mail to that address whose link has that path, and hands out each mail once.
 *
 * @returns the two addresses, for `SMTP_URL` and `mailUrl`, and how to end it
 */
export async function openMailbox() {
  /** @type {{ to: string, link: URL }[]} */
  const mails = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData: (stream, session, done) => void receive(stream, session, mails).then(() => done(), done),
  });
  const http = createServer((request, response) => void answer(request, response, mails));
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

/** Quoted-printable, as far as a link needs it: RFC 2045, section 6.7. @param {string} mail */
function decode(mail) {
  return mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ to: string, link: URL }[]} mails
 */
async function answer(request, response, mails) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const find = () => mails.findIndex(({ to, link }) => to === searchParams.get('to') && link.pathname === pathname);
  for (const end = Date.now() + patience; find() < 0 && Date.now() < end;) await delay(pause);
  const [mail] = find() < 0 ? [] : mails.splice(find(), 1);
  const token = mail?.link.searchParams.get('token');
  response.writeHead(token ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token }));
}
