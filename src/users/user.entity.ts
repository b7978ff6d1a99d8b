import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import { ConflictDetail } from '../problems/conflict-detail.decorator.js';

export const roles = ['user', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `users_email_key` is unique on the address with A to Z in lower case: the migration creates it, and TypeORM ignores it. */
@Entity('users')
@Index('users_email_key', { synchronize: false })
@ConflictDetail('users_email_key', 'There is already an account with this e-mail address.')
export class User {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  email: string;

  @Column('text')
  name: string;

  @Column('text', { select: false })
  passwordHash: string;

  @Column('text', { default: 'user' })
  role: Role;

  /** When the link sent to this address was opened; null until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  emailConfirmedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;
}
