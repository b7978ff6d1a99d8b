import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity.js';

/** One log-in of one browser. Deleting the row ends it, also for its access token. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('uuid')
  id: string;

  @Column('int')
  @Index()
  userId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'userId' })
  user: Relation<User>;

  /** SHA-256 of the secret in the current refresh token, which only the browser has. */
  @Column('bytea')
  refreshHash: Buffer;

  /** That of the previous refresh token. It is valid for `REFRESH_GRACE` after it was replaced: another tab may have it. */
  @Column('bytea', { nullable: true })
  previousHash: Buffer | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  rotatedAt: Date | null;

  /** The end of the session when it is not used: `REFRESH_TOKEN_TTL` after the last use, at most `endsAt`. */
  @Column({ type: 'timestamptz', precision: 3 })
  @Index()
  expiresAt: Date;

  /** The end of the session however often it is used: `SESSION_TTL` after log-in. */
  @Column({ type: 'timestamptz', precision: 3 })
  endsAt: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  lastUsedAt: Date;

  @Column('text', { default: '' })
  ip: string;

  @Column('text', { default: '' })
  userAgent: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
