import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToMany,
  ManyToOne,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { searchVectorOf } from '../pagination/search-vector.js';
import { Post } from '../posts/post.entity.js';
import { ConflictDetail } from '../problems/conflict-detail.decorator.js';
import { Product } from '../products/product.entity.js';
import { User } from '../users/user.entity.js';

/** Shared by posts and products. `categories_name` is unique on `lower(name)`: the migration creates it. */
@Entity('categories')
@Index('categories_name', { synchronize: false })
@Index('categories_search', { synchronize: false })
@ConflictDetail('categories_name', 'There is already a category with this name.')
@ConflictDetail('post_categories_categoryId_fkey', 'This category is in use: remove it from its posts first.')
@ConflictDetail('product_categories_categoryId_fkey', 'This category is in use: remove it from its products first.')
export class Category {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  name: string;

  @Column('text', { default: '' })
  description: string;

  /** What searches compare. */
  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: searchVectorOf('name', 'description'),
    select: false,
    update: false,
  })
  searchVector: string;

  /** Null once the account is deleted. */
  @Column('int', { nullable: true })
  @Index()
  creatorId: number | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'creatorId' })
  creator: Relation<User> | null;

  /** Restricts the deletion of a category in use. */
  @ManyToMany(() => Post, (post) => post.categories, { onDelete: 'RESTRICT' })
  posts: Relation<Post>[];

  /** Restricts the deletion of a category in use. */
  @ManyToMany(() => Product, (product) => product.categories, { onDelete: 'RESTRICT' })
  products: Relation<Product>[];

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  /** Counts the updates: its entity tag has it. */
  @VersionColumn({ default: 1 })
  version: number;
}
