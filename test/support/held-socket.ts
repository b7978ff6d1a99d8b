import * as net from 'node:net';

interface Handle {
  fd: number;
  close: () => void;
}

/** As `node:cluster` makes the sockets that it shares: a `Server` would take the connections itself. */
const { _createServerHandle: createServerHandle } = net as unknown as {
  _createServerHandle: (host: string, port: number) => Handle | number;
};

/** A socket that outlives the processes that listen on it, as systemd holds that of a `.socket` unit. */
export class HeldSocket {
  private readonly handle: Handle;

  constructor(port: number) {
    const handle = createServerHandle('127.0.0.1', port);
    if (typeof handle === 'number') throw new Error(`Port ${String(port)} is taken (${String(handle)})`);
    this.handle = handle;
  }

  get fd(): number {
    return this.handle.fd;
  }

  close(): void {
    this.handle.close();
  }
}
