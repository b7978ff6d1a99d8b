import { expect, it } from '@jest/globals';
import { idempotent } from './idempotent';

/** A function that fails until `recover`, and the keys that it was called with. */
function recordKeys() {
  const keys: string[] = [];
  let fails = true;
  const create = idempotent((body: string, header) => {
    keys.push(header['Idempotency-Key']);
    return fails ? Promise.reject(new Error('lost')) : Promise.resolve(body);
  });
  const send = (body: string) => create(body).catch(() => undefined);
  return { keys, send, recover: () => (fails = false) };
}

it('sends the same key until the request has succeeded', async () => {
  const { keys, send, recover } = recordKeys();
  await send('a');
  await send('a');
  recover();
  expect(await send('a')).toBe('a');
  expect(new Set(keys).size).toBe(1);
  await send('a');
  expect(new Set(keys).size).toBe(2);
});

it('sends another key with another body', async () => {
  const { keys, send } = recordKeys();
  await send('a');
  await send('b');
  expect(keys[1]).not.toBe(keys[0]);
});

it('sends visible ASCII characters, as the API demands', async () => {
  const { keys, send } = recordKeys();
  await send('a');
  expect(keys[0]).toMatch(/^[!-~]{1,255}$/);
});
