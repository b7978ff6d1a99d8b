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
  @Index({ unique: true })
  refreshHash: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  @Index()
  expiresAt: Date;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
