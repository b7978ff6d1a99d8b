import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePersonalAccessTokens1795240000000 implements MigrationInterface {
  name = 'CreatePersonalAccessTokens1795240000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
            CREATE TABLE "personal_access_tokens" (
                "id" SERIAL NOT NULL,
                "userId" integer NOT NULL,
                "name" text NOT NULL,
                "access" text NOT NULL,
                "hash" bytea NOT NULL,
                "expiresAt" TIMESTAMP(3) WITH TIME ZONE,
                "lastUsedAt" TIMESTAMP(3) WITH TIME ZONE,
                "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(),
                CONSTRAINT "personal_access_tokens_access_check" CHECK ("access" IN ('read', 'write')),
                CONSTRAINT "personal_access_tokens_pkey" PRIMARY KEY ("id")
            )
        `);
    await queryRunner.query(`
            CREATE INDEX "personal_access_tokens_userId_idx" ON "personal_access_tokens" ("userId")
        `);
    await queryRunner.query(`
            CREATE UNIQUE INDEX "personal_access_tokens_hash_idx" ON "personal_access_tokens" ("hash")
        `);
    await queryRunner.query(`
            ALTER TABLE "personal_access_tokens"
            ADD CONSTRAINT "personal_access_tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION
        `);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "personal_access_tokens"`);
  }
}
