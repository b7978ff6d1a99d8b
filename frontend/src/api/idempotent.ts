/** The header of a request that creates something once, however often it is sent. */
export interface IdempotencyHeader {
  'Idempotency-Key': string;
}

/**
 * Sends the same key with the same body until a response says that it succeeded. So a form can be submitted again after a lost
 * response, and creates one row. Another body, or the same one after a success, gets a new key.
 */
export function idempotent<Body, Result>(
  create: (body: Body, header: IdempotencyHeader) => Promise<Result>,
): (body: Body) => Promise<Result> {
  let last: { content: string; key: string } | undefined;
  return async (body) => {
    const content = JSON.stringify(body);
    if (last?.content !== content) last = { content, key: newKey() };
    const result = await create(body, { 'Idempotency-Key': last.key });
    last = undefined;
    return result;
  };
}

/** 128 random bits. Not `crypto.randomUUID`: plain http has it on localhost only. */
function newKey(): string {
  return crypto.getRandomValues(new BigUint64Array(2)).join('-');
}
