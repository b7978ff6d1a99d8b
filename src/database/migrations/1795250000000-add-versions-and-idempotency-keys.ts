import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['posts', 'categories', 'products'];

export class AddVersionsAndIdempotencyKeys1795250000000 implements MigrationInterface {
  name = 'AddVersionsAndIdempotencyKeys1795250000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables)
      await queryRunner.query(`ALTER TABLE "${table}" ADD "version" integer NOT NULL DEFAULT 1`);
    await queryRunner.query(`
            CREATE TABLE "idempotency_keys" (
                "userId" integer NOT NULL,
                "key" text NOT NULL,
                "fingerprint" bytea NOT NULL,
                "entityTag" text NOT NULL,
                "body" text NOT NULL,
                "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(),
                CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("userId", "key")
            )
        `);
    await queryRunner.query(`
            CREATE INDEX "idempotency_keys_createdAt_idx" ON "idempotency_keys" ("createdAt")
        `);
    await queryRunner.query(`
            ALTER TABLE "idempotency_keys"
            ADD CONSTRAINT "idempotency_keys_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION
        `);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "idempotency_keys"`);
    for (const table of [...tables].reverse()) await queryRunner.query(`ALTER TABLE "${table}" DROP COLUMN "version"`);
  }
}
