import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity.js';

/** The token of a link in a mail. Its row is deleted when the link is used. */
@Entity('mail_tokens')
@Index(['userId', 'purpose'], { unique: true })
export class MailToken {
  /** SHA-256 of the token in the link. */
  @PrimaryColumn('bytea')
  hash: Buffer;

  @Column('text')
  purpose: 'password-reset' | 'email-confirmation';

  /** The address it was sent to: the link is invalid once the account has another one. */
  @Column('text')
  email: string;

  @Column('int')
  userId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'userId' })
  user: Relation<User>;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt: Date;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
