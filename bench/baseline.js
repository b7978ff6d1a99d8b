// The least that Node.js and pg can do: the statements of the API, its JSON, and nothing else. No validation, no
// routing, no logs, no security headers, no links.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import pg from 'pg';

/**
 * What the API sends for a list and for one post, see `statements.js`.
 *
 * @type {import('./statements.js').Statements}
 */
const { count, rows, one } = JSON.parse(process.env.STATEMENTS ?? '');
const limit = 20;

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL_SIZE),
});

async function findAll() {
  const [counted, page] = await Promise.all([pool.query(count), pool.query(rows)]);
  return { count: counted.rows[0].count, items: page.rows.slice(0, limit) };
}

/** @param {number} id */
async function findOne(id) {
  const found = await pool.query({ ...one, values: [id] });
  return found.rows[0];
}

createServer(async (request, response) => {
  const path = request.url ?? '/';
  const id = Number(/^\/posts\/(\d+)$/.exec(path)?.[1]);
  const answer = path === '/posts?limit=20' ? await findAll() : id > 0 ? await findOne(id) : {};
  const body = Buffer.from(JSON.stringify(answer));
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
