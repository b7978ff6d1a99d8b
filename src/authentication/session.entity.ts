import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity.js';

/** One log-in of one browser. Deleting the row ends it, for the access token as well. */
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

  /** SHA-256 of the refresh token in force. The token itself is only ever in the browser. */
  @Column('bytea')
  refreshHash: Buffer;

  /** SHA-256 of the one before, which works for a moment longer: another tab may still hold it. */
  @Column('bytea', { nullable: true })
  previousHash: Buffer | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  rotatedAt: Date | null;

  /** When it ends unless it is used before: REFRESH_TOKEN_TTL after the last use, at most until `endsAt`. */
  @Column({ type: 'timestamptz', precision: 3 })
  @Index()
  expiresAt: Date;

  /** When it ends however much it is used: SESSION_TTL after log-in. */
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
