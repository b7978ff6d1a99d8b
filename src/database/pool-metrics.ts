import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { observe } from '../metrics/registry.js';

/** The pool belongs to the driver of TypeORM, which makes a new one for each connection to the server. */
export function observePool(dataSource: DataSource): void {
  const read = (select: (pool: pg.Pool) => number) => () => {
    const { master } = dataSource.driver as { master?: pg.Pool };
    return master === undefined ? 0 : select(master);
  };
  observe(
    'database_pool_connections',
    'Connections to the database',
    read(({ totalCount }) => totalCount),
  );
  observe(
    'database_pool_idle',
    'Connections that no request uses',
    read(({ idleCount }) => idleCount),
  );
  observe(
    'database_pool_waiting',
    'Requests that wait for a connection',
    read(({ waitingCount }) => waitingCount),
  );
}
