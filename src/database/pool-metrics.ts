import type { DataSource } from 'typeorm';
import { observe } from '../metrics/registry.js';
import { poolOf, type Pool } from './pool.js';

export function observePool(dataSource: DataSource): void {
  const read = (select: (pool: Pool) => number) => () => {
    const pool = poolOf(dataSource);
    return pool === undefined ? 0 : select(pool);
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
