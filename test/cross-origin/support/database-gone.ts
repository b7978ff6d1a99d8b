import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Api } from '../../support/api.js';

/** Ends every connection and lets none be made anew, on either engine. @returns what brings the database back */
export async function takeDatabaseAway({ dataSource }: Api): Promise<() => Promise<void>> {
  const pool = (dataSource.driver as PostgresDriver).master as Pool;
  const { options } = pool as Pool & { options: { host?: string; connectionString?: string } };
  const { host, connectionString } = options;
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  clients.forEach((client) => client.release(true));
  if (connectionString === undefined) {
    const socket = join(host ?? '', '.s.PGSQL.5432');
    await rename(socket, `${socket}.away`);
    return () => rename(`${socket}.away`, socket);
  }
  options.connectionString = 'postgres://127.0.0.1:1/nothing';
  return () => {
    options.connectionString = connectionString;
    return Promise.resolve();
  };
}
