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
  type Relation,
} from 'typeorm';
import { Post } from '../posts/post.entity.js';
import { Product } from '../products/product.entity.js';
import { User } from '../users/user.entity.js';

/** Shared by posts and products. `categories_name` is unique on `lower(name)`, made by the migration. */
@Entity('categories')
@Index('categories_name', { synchronize: false })
@Index('categories_search', { synchronize: false })
export class Category {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  name: string;

  @Column('text', { default: '' })
  description: string;

  /** Null once the account is deleted. */
  @Column('int', { nullable: true })
  @Index()
  creatorId: number | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'creatorId' })
  creator: Relation<User> | null;

  /** Restricts: a category in use cannot be deleted. */
  @ManyToMany(() => Post, (post) => post.categories, { onDelete: 'RESTRICT' })
  posts: Relation<Post>[];

  /** Restricts: a category in use cannot be deleted. */
  @ManyToMany(() => Product, (product) => product.categories, { onDelete: 'RESTRICT' })
  products: Relation<Product>[];

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;
}
