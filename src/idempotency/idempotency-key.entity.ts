import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity.js';

/** The response to a request with `Idempotency-Key`, which is sent again to a request with the same one. */
@Entity('idempotency_keys')
export class IdempotencyKey {
  @PrimaryColumn('int')
  userId: number;

  @PrimaryColumn('text')
  key: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'userId' })
  user: Relation<User>;

  /** SHA-256 of the method, the path and the body. */
  @Column('bytea')
  fingerprint: Buffer;

  @Column('text')
  entityTag: string;

  @Column('text')
  body: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  @Index()
  createdAt: Date;
}
