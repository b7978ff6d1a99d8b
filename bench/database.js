import { URL } from 'node:url';
import pg from 'pg';

const server = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const name = `bench_${process.pid}_test`;

/** How many posts the lists are taken from. */
export const posts = 10_000;

/** @param {string} suffix of the second database of a run */
const nameOf = (suffix) => (suffix === '' ? name : `${name}_${suffix}`);

/** The address of a database that `create` makes. */
export const urlOf = (suffix = '') => Object.assign(new URL(server), { pathname: `/${nameOf(suffix)}` }).href;
export const databaseUrl = urlOf();

/** An empty database of this run's own; the API migrates it. */
export const create = (suffix = '') => run(server, `CREATE DATABASE ${nameOf(suffix)}`);

export const drop = (suffix = '') => run(server, `DROP DATABASE IF EXISTS ${nameOf(suffix)} WITH (FORCE)`);

/** Posts of about 700 characters by a hundredth as many authors, with none to three categories of about 500 posts each. */
export const seed = (count = posts, suffix = '') =>
  run(
    urlOf(suffix),
    `INSERT INTO users (email, name, "passwordHash")
       SELECT 'person' || n || '@example.com', 'Person ' || n, '' FROM generate_series(1, ${count / 100}) n;
     INSERT INTO categories (name, "creatorId") SELECT 'Category ' || n, n FROM generate_series(1, ${count / 500}) n;
     INSERT INTO posts (title, content, "authorId", "createdAt", "updatedAt")
       SELECT 'Post number ' || n, repeat('Words about the matter at hand, “quoted”. ', 16) || CASE WHEN n % 2 = 0 THEN 'Evenly.' ELSE '' END,
         1 + n % ${count / 100}, made, made
       FROM (SELECT n, timestamptz '2026-01-01 00:00Z' + n * interval '1 minute' AS made FROM generate_series(1, ${count}) n) numbered;
     INSERT INTO post_categories ("postId", "categoryId")
       SELECT n, 1 + (n + place * 7) % ${count / 500} FROM generate_series(1, ${count}) n, generate_series(1, n % 4) place;
     VACUUM ANALYZE;`,
  );

/** @param {string} url @param {string} sql */
async function run(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    // One by one: VACUUM cannot run in the transaction that several statements at once would be.
    for (const statement of sql.split(';\n')) await client.query(statement);
  } finally {
    await client.end();
  }
}
