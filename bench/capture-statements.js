// Loaded before the API (`node --import`): tells the parent process every statement about posts that goes
// to PostgreSQL. Migrations and background work are left out.
import pg from 'pg';

const { query } = pg.Client.prototype;

/** @this {pg.Client} @param {string | { text: string, values?: unknown[], name?: string }} config @param {...unknown} rest */
pg.Client.prototype.query = function (config, ...rest) {
  const { text, values, name } = typeof config === 'string' ? { text: config, values: rest[0] } : config;
  if (/\bFROM posts\b/.test(text)) process.send?.({ text, values: Array.isArray(values) ? values : rest[0], name });
  return Reflect.apply(query, this, [config, ...rest]);
};

// The channel to the parent must not keep the process alive.
process.channel?.unref();
