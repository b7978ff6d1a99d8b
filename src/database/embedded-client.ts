import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { ConfigurationError } from '../config/configuration.error.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { PoolClient } from './pool-client.js';

/** A connection to the embedded database, and how to end it. */
export interface EmbeddedClient {
  client: pg.Client;
  close: () => Promise<void>;
}

/** Starts the database of a folder. @throws ConfigurationError when another process uses it, or it cannot be opened */
export async function startEmbedded(dataDirectory: string): Promise<EmbeddedClient> {
  const embedded = await EmbeddedPostgres.start(dataDirectory);
  const client = await connect(embedded.host);
  return { client, close: () => client.end().then(() => embedded.stop()) };
}

/**
 * Also while the API runs: then through the socket of its database. There is one session, so its other clients wait while a
 * transaction of this one is open.
 */
export async function connectEmbedded(dataDirectory: string): Promise<EmbeddedClient> {
  try {
    return await startEmbedded(dataDirectory);
  } catch (error) {
    const host = await readFile(`${dataDirectory}.socket`, 'utf8').catch(() => undefined);
    if (!(error instanceof ConfigurationError) || host === undefined) throw error;
    const client = await connect(host).catch(() => undefined);
    if (client === undefined) throw error;
    return { client, close: () => client.end() };
  }
}

async function connect(host: string): Promise<pg.Client> {
  const client = new PoolClient({ host, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
}
