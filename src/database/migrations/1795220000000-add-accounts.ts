import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddAccounts1795220000000 implements MigrationInterface {
  name = 'AddAccounts1795220000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    // Refresh tokens have a new form, so nobody could renew a session of before: everybody logs in once more.
    await queryRunner.query(`DELETE FROM "sessions"`);
    await queryRunner.query(`
            DROP INDEX "sessions_refreshHash_idx"
        `);
    await queryRunner.query(`
            CREATE TABLE "mail_tokens" (
                "hash" bytea NOT NULL,
                "purpose" text NOT NULL,
                "email" text NOT NULL,
                "userId" integer NOT NULL,
                "expiresAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
                "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(),
                CONSTRAINT "mail_tokens_pkey" PRIMARY KEY ("hash")
            )
        `);
    await queryRunner.query(`
            CREATE INDEX "mail_tokens_userId_idx" ON "mail_tokens" ("userId")
        `);
    await queryRunner.query(`
            ALTER TABLE "users"
            ADD "emailConfirmedAt" TIMESTAMP(3) WITH TIME ZONE
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions"
            ADD "previousHash" bytea
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions"
            ADD "rotatedAt" TIMESTAMP(3) WITH TIME ZONE
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions"
            ADD "endsAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions"
            ADD "lastUsedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now()
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions"
            ADD "ip" text NOT NULL DEFAULT ''
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions"
            ADD "userAgent" text NOT NULL DEFAULT ''
        `);
    await queryRunner.query(`
            ALTER TABLE "mail_tokens"
            ADD CONSTRAINT "mail_tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION
        `);
    await queryRunner.query(
      `CREATE INDEX "categories_search" ON "categories" USING gin (to_tsvector('english', "name" || ' ' || "description"))`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "categories_search"`);
    await queryRunner.query(`
            ALTER TABLE "mail_tokens" DROP CONSTRAINT "mail_tokens_userId_fkey"
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions" DROP COLUMN "userAgent"
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions" DROP COLUMN "ip"
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions" DROP COLUMN "lastUsedAt"
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions" DROP COLUMN "endsAt"
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions" DROP COLUMN "rotatedAt"
        `);
    await queryRunner.query(`
            ALTER TABLE "sessions" DROP COLUMN "previousHash"
        `);
    await queryRunner.query(`
            ALTER TABLE "users" DROP COLUMN "emailConfirmedAt"
        `);
    await queryRunner.query(`
            DROP INDEX "mail_tokens_userId_idx"
        `);
    await queryRunner.query(`
            DROP TABLE "mail_tokens"
        `);
    await queryRunner.query(`
            CREATE UNIQUE INDEX "sessions_refreshHash_idx" ON "sessions" USING btree ("refreshHash")
        `);
  }
}
