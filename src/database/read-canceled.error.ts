/** A read was ended before its result: it took longer than `READ_TIMEOUT`, or its client has disconnected. */
export class ReadCanceledError extends Error {
  constructor(readonly reason: 'timeout' | 'disconnect') {
    super(reason === 'timeout' ? 'A read took longer than READ_TIMEOUT' : 'The client of a read disconnected');
  }
}
