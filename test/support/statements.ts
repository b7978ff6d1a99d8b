import pg from 'pg';

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** What the clients of this process ask the database meanwhile, on whichever connection, with or without TypeORM. */
export async function statementsOf(work: () => PromiseLike<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const query = Reflect.get(pg.Client.prototype, 'query') as (...values: unknown[]) => unknown;
  type Asked = string | { text: string; values?: unknown[] };
  pg.Client.prototype.query = function (this: pg.Client, asked: Asked, ...rest: unknown[]) {
    const { text, values } = typeof asked === 'string' ? { text: asked, values: rest[0] } : asked;
    statements.push({ sql: text, parameters: Array.isArray(values) ? values : [] });
    return Reflect.apply(query, this, [asked, ...rest]);
  } as typeof pg.Client.prototype.query;
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, 'query', query);
  }
  return statements;
}
