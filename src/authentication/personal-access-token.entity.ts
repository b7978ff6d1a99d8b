import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { User } from '../users/user.entity.js';

/** `read` allows GET and HEAD. */
export const tokenAccesses = ['read', 'write'] as const;
export type TokenAccess = (typeof tokenAccesses)[number];

/** A token for a client without a cookie jar: a script, a native app, another server. */
@Entity('personal_access_tokens')
@Check(`"access" IN ('read', 'write')`)
export class PersonalAccessToken {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('int')
  @Index()
  userId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'userId' })
  user: Relation<User>;

  @Column('text')
  name: string;

  @Column('text')
  access: TokenAccess;

  /** SHA-256 of the token, which only its user has. */
  @Column('bytea')
  @Index({ unique: true })
  hash: Buffer;

  /** Null for a token that does not expire. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  expiresAt: Date | null;

  /** To the minute. Null until the first use. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
