import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { PoolClient } from './pool-client.js';

/** What a pool calls back with: an error, or a client and how to give it back. */
export type ConnectCallback = (
  ...connected: [Error, undefined, () => void] | [undefined, PoolClient, () => void]
) => void;

/** Connections to the database. */
export interface Pool extends Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'> {
  connect(callback: ConnectCallback): void;
}

/** The pool of TypeORM's driver, which makes a new one each time it connects. @returns undefined while it is not connected */
export const poolOf = ({ driver }: DataSource): Pool | undefined => (driver as { master?: Pool }).master;
