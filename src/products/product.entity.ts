import {
  Check,
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
  type Relation,
} from 'typeorm';
import { Category } from '../categories/category.entity.js';
import { User } from '../users/user.entity.js';

/** `products_search` is a full-text index on an expression, made by the migration. */
@Entity('products')
@Index('products_search', { synchronize: false })
@Index(['createdAt', 'id'])
@Index(['name', 'id'])
@Index(['priceAmount', 'id'])
@Check('"priceAmount" >= 0')
@Check('"stock" >= 0')
export class Product {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  name: string;

  @Column('text', { default: '' })
  description: string;

  /** In the currency's minor unit (ISO 4217): 1999 is 19.99 EUR, and 1999 JPY. TypeORM reads a bigint as a string. */
  @Column('bigint')
  priceAmount: string;

  @Column('char', { length: 3 })
  priceCurrency: string;

  @Column('text', { nullable: true })
  @Index({ unique: true })
  sku: string | null;

  @Column('int', { default: 0 })
  stock: number;

  @Column('jsonb', { default: {} })
  properties: Record<string, unknown>;

  /** Null once the account is deleted. */
  @Column('int', { nullable: true })
  @Index()
  creatorId: number | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'creatorId' })
  creator: Relation<User> | null;

  @ManyToMany(() => Category, (category) => category.products)
  @JoinTable({
    name: 'product_categories',
    joinColumn: { name: 'productId' },
    inverseJoinColumn: { name: 'categoryId' },
  })
  categories: Relation<Category>[];

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;
}
