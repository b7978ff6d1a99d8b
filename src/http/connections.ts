import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';

/** Browsers send one request at a time over HTTP/1.1. Each request that waits costs memory and time. */
const maxPendingResponses = 100;

/** In bytes: enough for the request line and the headers that browsers send first. */
const keptHeadSize = 4_096;

interface Connection {
  /** The start of the first request: Node shows only the last piece of what its parser refuses. */
  head: string;
  /** That of the latest request. */
  origin?: string | undefined;
  readonly pending: Set<ServerResponse>;
  /** When the latest response was sent (monotonic, in milliseconds), and how much had been received by then. */
  idle?: { sinceMs: number; bytesRead: number };
}

/** What has to be known of a connection beyond one request. */
export class Connections {
  private readonly connections = new WeakMap<Socket, Connection>();
  private readonly silent = new Set<Socket>();
  /** Those that have had a request. */
  private readonly served = new Set<Socket>();

  /** Reads the first bytes of each connection, and leaves the rest to Node. */
  attach(server: Server): void {
    const event = server instanceof TlsServer ? 'secureConnection' : 'connection';
    const listeners = server.listeners(event) as ((socket: Socket) => void)[];
    server.removeAllListeners(event);
    server.on(event, (socket: Socket) =>
      this.readHead(socket, server.headersTimeout, () => listeners.forEach((listen) => listen.call(server, socket))),
    );
  }

  /**
   * Notes a request whose response is not sent yet.
   *
   * @returns false when too many responses are pending: the connection is closed then
   */
  add(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    const connection = this.of(socket);
    if (socket.destroyed || connection.pending.size >= maxPendingResponses) {
      socket.destroy();
      return false;
    }
    connection.origin = request.headers.origin;
    connection.pending.add(response);
    if (!this.served.has(socket)) socket.once('close', () => this.served.delete(socket));
    this.served.add(socket);
    response.once('close', () => {
      connection.pending.delete(response);
      connection.idle = { sinceMs: performance.now(), bytesRead: socket.bytesRead };
    });
    return true;
  }

  /** The response that the client receives next, undefined when none is pending. */
  nextPending(socket: Socket): ServerResponse | undefined {
    return this.of(socket).pending.values().next().value;
  }

  /** The response to the latest request, undefined when none is pending. */
  lastPending(socket: Socket): ServerResponse | undefined {
    return [...this.of(socket).pending].at(-1);
  }

  /** The head of the request that the parser refused, as far as it is known. @param lastPiece what Node shows of it */
  headOf(socket: Socket, lastPiece: string): string {
    const { head, origin } = this.of(socket);
    if (/^origin:/im.test(lastPiece)) return lastPiece;
    return origin === undefined ? head : `GET / HTTP/1.1\r\nOrigin: ${origin}\r\n`;
  }

  /** Connections that have sent nothing yet, which `server.close()` would wait for. */
  closeSilent(): void {
    for (const socket of this.silent) socket.destroy();
  }

  /** Connections on which every response was sent so long ago, and nothing has arrived since. */
  closeIdle(afterMs: number): void {
    for (const socket of this.served) {
      const { pending, idle } = this.of(socket);
      const isIdle = pending.size === 0 && socket.bytesRead === idle?.bytesRead;
      if (isIdle && performance.now() - idle.sinceMs >= afterMs) socket.end();
    }
  }

  private readHead(socket: Socket, timeoutMs: number, next: () => void): void {
    const end = () => socket.destroy();
    this.silent.add(socket);
    socket.setTimeout(timeoutMs, end).on('error', end);
    socket.once('close', () => this.silent.delete(socket));
    socket.once('readable', () => {
      const bytes = socket.read() as Buffer | null;
      this.silent.delete(socket);
      socket.setTimeout(0).off('timeout', end).off('error', end);
      if (bytes !== null) {
        this.of(socket).head = bytes.toString('latin1', 0, keptHeadSize);
        socket.unshift(bytes);
      }
      next();
    });
  }

  private of(socket: Socket): Connection {
    const known = this.connections.get(socket);
    if (known !== undefined) return known;
    const connection = { head: '', pending: new Set<ServerResponse>() };
    this.connections.set(socket, connection);
    return connection;
  }
}
