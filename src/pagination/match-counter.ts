import { createHash } from 'node:crypto';
import type { ReadsService } from '../database/reads.service.js';

/** How many items match. */
export interface MatchCount {
  count: number;
  /** The planner of PostgreSQL estimated it. */
  countIsEstimate?: true;
}

/** A condition of SQL, for the items of one list. */
export interface Condition {
  /** A table and its alias. */
  from: string;
  /** With `WHERE`, or empty. */
  where: string;
  values: unknown[];
}

/** The time of counting grows with the count, and nobody reads a large one to the last digit. */
export const maxExactCount = 10_000;

/** SQL for the number of matches, of which it counts one more than is exact. */
export const countSql = ({ from, where }: Condition) =>
  `SELECT count(*)::int AS count FROM (SELECT FROM ${from}${where} LIMIT ${maxExactCount + 1}) matching`;

/** Exact up to 10,000 matches, and beyond an estimate. @param counted what `countSql` counted */
export async function countMatches(reads: ReadsService, condition: Condition, counted: number): Promise<MatchCount> {
  if (counted <= maxExactCount) return { count: counted };
  return { count: Math.max(counted, await estimate(reads, condition)), countIsEstimate: true };
}

interface Explanation {
  'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }];
}

async function estimate(reads: ReadsService, { from, where, values }: Condition): Promise<number> {
  const sql = `EXPLAIN (FORMAT JSON) SELECT FROM ${from}${where}`;
  const [row] = await reads.query<Explanation>({ sql, values, planEachTime: true });
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** Tells conditions apart: a cursor has the count of one of them. 48 bits, in base64url. */
export function digestOf({ where, values }: Condition): string {
  return createHash('sha256')
    .update(JSON.stringify([where, values]))
    .digest('base64url')
    .slice(0, 8);
}
