import { once } from 'node:events';
import pg from 'pg';

/** What `pg` has and its types leave out. */
interface Session {
  readonly connection: { readonly ssl: pg.ClientConfig['ssl'] };
  readonly processID: number | null;
  readonly secretKey: number | null;
}
interface CancelConnection extends pg.Connection {
  connect(port: number | string, host?: string): void;
  cancel(processID: number, secretKey: number): void;
}

/** For the server to take the request: it answers by closing the connection. */
const cancelTimeoutMs = 5_000;

/**
 * A client that survives whenever its connection is lost. A pool takes its listener away before whoever asked for the client
 * adds one: an error that arrives in between, such as the FATAL of a server that stops in the same packet as the first
 * `ReadyForQuery`, would have no listener, and end the process. The next statement on such a client fails.
 */
export class PoolClient extends pg.Client {
  constructor(...config: ConstructorParameters<typeof pg.Client>) {
    super(...config);
    this.on('error', () => undefined);
  }

  /**
   * Asks the server to end the statement that this client runs; poolers pass it on. The method of `pg` knows no TLS.
   * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
   */
  async cancelStatement(): Promise<void> {
    const { connection, processID, secretKey } = this as unknown as Session;
    if (processID === null || secretKey === null) return;
    const canceling = new pg.Connection({ ssl: connection.ssl }) as CancelConnection;
    canceling.once(connection.ssl ? 'sslconnect' : 'connect', () => canceling.cancel(processID, secretKey));
    const ended = once(canceling, 'end', { signal: AbortSignal.timeout(cancelTimeoutMs) });
    if (this.host.startsWith('/')) canceling.connect(`${this.host}/.s.PGSQL.${String(this.port)}`);
    else canceling.connect(this.port, this.host);
    await ended.catch(() => undefined); // the statement has a time limit of the server as well
    canceling.stream.destroy();
  }
}
