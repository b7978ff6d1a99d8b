import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export const roles = ['user', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `users_email` is unique on `lower(email)`: an expression, so the migration makes it and TypeORM leaves it alone. */
@Entity('users')
@Index('users_email', { synchronize: false })
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
