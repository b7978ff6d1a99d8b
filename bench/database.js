import { URL } from 'node:url';
import pg from 'pg';

const server = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const name = `bench_${process.pid}_test`;

/** How many posts the lists are taken from. */
export const posts = 10_000;

/** The address of the database that `create` makes. */
export const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;

/** An empty database of this run's own; the API migrates it. */
export const create = () => run(server, `CREATE DATABASE ${name}`);

export const drop = () => run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

/** Posts of about 700 characters by 100 authors, with none to three of 20 categories each. */
export const seed = () =>
  run(
    databaseUrl,
    `INSERT INTO users (email, name, "passwordHash")
       SELECT 'person' || n || '@example.com', 'Person ' || n, '' FROM generate_series(1, 100) n;
     INSERT INTO categories (name, "creatorId") SELECT 'Category ' || n, n FROM generate_series(1, 20) n;
     INSERT INTO posts (title, content, "authorId", "createdAt", "updatedAt")
       SELECT 'Post number ' || n, repeat('Words about the matter at hand, “quoted”. ', 16), 1 + n % 100, made, made
       FROM (SELECT n, timestamptz '2026-01-01 00:00Z' + n * interval '1 minute' AS made FROM generate_series(1, ${posts}) n) numbered;
     INSERT INTO post_categories ("postId", "categoryId")
       SELECT n, 1 + (n + place * 7) % 20 FROM generate_series(1, ${posts}) n, generate_series(1, n % 4) place;
     ANALYZE;`,
  );

/** @param {string} url @param {string} sql */
async function run(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
