import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { Category } from '../categories/category.entity.js';
import { jsonBytesOf } from '../pagination/json-bytes.js';
import { searchVectorOf } from '../pagination/search-vector.js';
import { User } from '../users/user.entity.js';

/** `posts_search` is a full-text index, created by the migration. */
@Entity('posts')
@Index('posts_search', { synchronize: false })
@Index(['createdAt', 'id'])
@Index(['updatedAt', 'id'])
@Index(['title', 'id'])
export class Post {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  title: string;

  @Column('text')
  content: string;

  /** How many bytes the texts need in JSON: a page of a list is limited by them, before it reads them. */
  @Column({
    type: 'int',
    generatedType: 'STORED',
    asExpression: jsonBytesOf('title', 'content'),
    select: false,
    update: false,
  })
  jsonBytes: number;

  /** What searches compare. */
  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: searchVectorOf('title', 'content'),
    select: false,
    update: false,
  })
  searchVector: string;

  /** Null once the account is deleted. */
  @Column('int', { nullable: true })
  @Index()
  authorId: number | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'authorId' })
  author: Relation<User> | null;

  @ManyToMany(() => Category, (category) => category.posts)
  @JoinTable({
    name: 'post_categories',
    joinColumn: { name: 'postId' },
    inverseJoinColumn: { name: 'categoryId' },
  })
  categories: Relation<Category>[];

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  /** Counts the updates: its entity tag has it. */
  @VersionColumn({ default: 1 })
  version: number;
}
