// What every server that the API is compared with reads, with the statements of the API.
import pg from 'pg';

/**
 * What the API sends for a list and for one post, see `statements.js`.
 *
 * @type {import('./statements.js').Statements}
 */
const { list, one } = JSON.parse(process.env.STATEMENTS ?? '');

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL_SIZE),
});

export async function findAll() {
  const { rows } = await pool.query(list);
  const count = rows[0]['page.matches'];
  for (const row of rows) {
    delete row['page.matches'];
    delete row['page.found'];
  }
  return { count, items: rows };
}

/** @param {number} id */
export async function findOne(id) {
  const { rows } = await pool.query({ ...one, values: [id] });
  delete rows[0].version; // for the entity tag
  return rows[0];
}
