import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { startApi, type Api } from './support/api.js';
import { waitUntil } from './support/wait.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** One request on a connection of the agent. */
async function get({ url }: Api, path: string, agent: Agent) {
  const sent = request(url + path, { agent }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode, connection: response.headers.connection, socket: sent.socket as Socket };
}

/** A client that keeps its connections. */
function keepAliveAgent(): Agent {
  const agent = new Agent({ keepAlive: true });
  closers.push(() => agent.destroy());
  return agent;
}

describe('a shutdown', () => {
  it('is announced first: readiness is 503, and requests are served until each connection has got its last response', async () => {
    const api = await startApi({ SHUTDOWN_DELAY: '2s' });
    const [one, other] = [keepAliveAgent(), keepAliveAgent()];
    await get(api, '/posts', one);
    const { connection, socket } = await get(api, '/posts', other);
    expect(connection).toBe('keep-alive');
    const closed = api.close();
    await waitUntil(async () => (await get(api, '/health/ready', keepAliveAgent())).status === 503);
    expect(await get(api, '/posts', one)).toMatchObject({ status: 200, connection: 'keep-alive' });
    await waitUntil(() => !api.app.getHttpServer().listening);
    expect(await get(api, '/posts', one)).toMatchObject({ status: 200, connection: 'close' });
    await expect(get(api, '/posts', one)).rejects.toThrow('ECONNREFUSED');
    await closed;
    await waitUntil(() => socket.readableEnded); // the idle one, at last
  });

  it('does not wait without SHUTDOWN_DELAY, and still answers on a connection that has served', async () => {
    const api = await startApi();
    const agent = keepAliveAgent();
    const { socket } = await get(api, '/posts', agent);
    const closed = api.close();
    await waitUntil(() => !api.app.getHttpServer().listening);
    expect(await get(api, '/posts', agent)).toMatchObject({ status: 503, connection: 'close', socket });
    await closed;
  });
});
