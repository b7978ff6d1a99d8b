import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['posts', 'products', 'categories'];

/**
 * Makes the indexes while the tables are read and written, which a transaction cannot: so each statement can be repeated after a failure,
 * which leaves an index that is not valid.
 */
export class IndexSearchVectors1795260000001 implements MigrationInterface {
  name = 'IndexSearchVectors1795260000001';
  transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS "${table}_search"`);
      await queryRunner.query(`CREATE INDEX CONCURRENTLY "${table}_search" ON "${table}" USING gin ("searchVector")`);
    }
  }

  /** In a transaction, as TypeORM reverts every migration. */
  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`DROP INDEX "${table}_search"`);
  }
}
