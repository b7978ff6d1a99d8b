import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { ConflictDetail } from '../problems/conflict-detail.decorator.js';
import { User } from '../users/user.entity.js';

/** An origin that an admin allowed while the API runs, beside those of `FRONTEND_URL`. */
@Entity('origins')
@ConflictDetail('origins_origin_idx', 'This origin is already allowed.')
export class Origin {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  @Index({ unique: true })
  origin: string;

  @Column('text', { default: '' })
  note: string;

  /** Null once the account is deleted. */
  @Column('int', { nullable: true })
  creatorId: number | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'creatorId' })
  creator: Relation<User> | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
