import { DefaultNamingStrategy, type Table } from 'typeorm';

/** Readable names, as in `posts_authorId_fkey`, where those of TypeORM are hashes. */
export class NamingStrategy extends DefaultNamingStrategy {
  override primaryKeyName(table: Table | string): string {
    return name(this.getTableName(table), [], 'pkey');
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return name(this.getTableName(table), columns, 'fkey');
  }

  override indexName(table: Table | string, columns: string[]): string {
    return name(this.getTableName(table), columns, 'idx');
  }

  override checkConstraintName(table: Table | string, expression: string): string {
    return name(this.getTableName(table), [/\w+/.exec(expression)?.[0] ?? ''], 'check');
  }
}

function name(table: string, columns: string[], kind: string): string {
  return [table, ...columns, kind].join('_');
}
