import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bounds for the pages of lists, one link for each user and purpose, and one way to compare e-mail addresses. */
export class LimitPagesAndLinks1795230000000 implements MigrationInterface {
  name = 'LimitPagesAndLinks1795230000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await addJsonBytes(queryRunner, 'posts', jsonBytesOf('title', 'content'));
    await addJsonBytes(
      queryRunner,
      'products',
      `${jsonBytesOf('name', 'description')} + octet_length("properties"::text)`,
    );
    // The latest link of each user and purpose stays valid.
    await queryRunner.query(`
      DELETE FROM "mail_tokens" former USING "mail_tokens" latest
      WHERE former."userId" = latest."userId" AND former."purpose" = latest."purpose"
        AND (former."createdAt", former."hash") < (latest."createdAt", latest."hash")
    `);
    await queryRunner.query(
      `CREATE UNIQUE INDEX "mail_tokens_userId_purpose_idx" ON "mail_tokens" ("userId", "purpose")`,
    );
    await queryRunner.query(`DROP INDEX "mail_tokens_userId_idx"`);
    await queryRunner.query(`CREATE UNIQUE INDEX "users_email_key" ON "users" (lower("email" COLLATE "C"))`);
    await queryRunner.query(`DROP INDEX "users_email"`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE UNIQUE INDEX "users_email" ON "users" (lower("email"))`);
    await queryRunner.query(`DROP INDEX "users_email_key"`);
    await queryRunner.query(`CREATE INDEX "mail_tokens_userId_idx" ON "mail_tokens" ("userId")`);
    await queryRunner.query(`DROP INDEX "mail_tokens_userId_purpose_idx"`);
    for (const table of ['products', 'posts']) {
      await queryRunner.query(`DELETE FROM "typeorm_metadata" WHERE "table" = $1 AND "name" = 'jsonBytes'`, [table]);
      await queryRunner.query(`ALTER TABLE "${table}" DROP COLUMN "jsonBytes"`);
    }
  }
}

/** As it was when this migration was written: it must not change with the code of today. */
function jsonBytesOf(...columns: string[]): string {
  const text = columns.map((column) => `"${column}"`).join(' || ');
  const count = (characters: string) => `regexp_count(${text}, '${characters}')`;
  const two = count(String.raw`["\\\u0008-\u000a\u000c\u000d]`);
  const six = count(String.raw`[\u0001-\u0007\u000b\u000e-\u001f]`);
  return `octet_length(${text}) + ${two} + 5 * ${six}`;
}

/** TypeORM compares the expression with the one it finds in its table `typeorm_metadata`. */
async function addJsonBytes(queryRunner: QueryRunner, table: string, expression: string): Promise<void> {
  await queryRunner.query(
    `ALTER TABLE "${table}" ADD "jsonBytes" integer GENERATED ALWAYS AS (${expression}) STORED NOT NULL`,
  );
  await queryRunner.query(
    `INSERT INTO "typeorm_metadata" ("type", "database", "schema", "table", "name", "value")
     VALUES ('GENERATED_COLUMN', current_database(), current_schema(), $1, 'jsonBytes', $2)`,
    [table, expression],
  );
}
