import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity.js';

/** What a link in a mail allows its reader to do, once. */
@Entity('mail_tokens')
export class MailToken {
  /** SHA-256 of the token in the link. */
  @PrimaryColumn('bytea')
  hash: Buffer;

  @Column('text')
  purpose: 'password-reset' | 'email-confirmation';

  /** The address it was sent to: a link does not outlive a change of address. */
  @Column('text')
  email: string;

  @Column('int')
  @Index()
  userId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'userId' })
  user: Relation<User>;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt: Date;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
