import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  { table: 'posts', title: 'title', text: 'content' },
  { table: 'products', title: 'name', text: 'description' },
  { table: 'categories', title: 'name', text: 'description' },
] as const;

/**
 * Stores what searches compare. Each table is locked while it is written anew; the indexes are made by the next migration, while
 * the tables are in use.
 */
export class AddSearchVectors1795260000000 implements MigrationInterface {
  name = 'AddSearchVectors1795260000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const { table, title, text } of tables) {
      await queryRunner.query(`DROP INDEX "${table}_search"`);
      await addSearchVector(queryRunner, table, searchVectorOf(title, text));
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table, title, text } of [...tables].reverse()) {
      await queryRunner.query(`DELETE FROM "typeorm_metadata" WHERE "table" = $1 AND "name" = 'searchVector'`, [table]);
      await queryRunner.query(`ALTER TABLE "${table}" DROP COLUMN "searchVector"`);
      const words = `to_tsvector('english', "${title}" || ' ' || "${text}")`;
      await queryRunner.query(`CREATE INDEX "${table}_search" ON "${table}" USING gin (${words})`);
    }
  }
}

/** As it was when this migration was written: it must not change with the code of today. */
const searchVectorOf = (title: string, text: string) =>
  `setweight(to_tsvector('english', coalesce("${title}", '')), 'A') || setweight(to_tsvector('english', coalesce("${text}", '')), 'B')`;

/** TypeORM compares the expression with the one it finds in its table `typeorm_metadata`. */
async function addSearchVector(queryRunner: QueryRunner, table: string, expression: string): Promise<void> {
  await queryRunner.query(
    `ALTER TABLE "${table}" ADD "searchVector" tsvector GENERATED ALWAYS AS (${expression}) STORED NOT NULL`,
  );
  await queryRunner.query(
    `INSERT INTO "typeorm_metadata" ("type", "database", "schema", "table", "name", "value")
     VALUES ('GENERATED_COLUMN', current_database(), current_schema(), $1, 'searchVector', $2)`,
    [table, expression],
  );
}
