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
  VersionColumn,
  type Relation,
} from 'typeorm';
import { Category } from '../categories/category.entity.js';
import { ConflictDetail } from '../problems/conflict-detail.decorator.js';
import { jsonBytesOf } from '../pagination/json-bytes.js';
import { searchVectorOf } from '../pagination/search-vector.js';
import { User } from '../users/user.entity.js';

/** `products_search` is a full-text index, created by the migration. */
@Entity('products')
@Index('products_search', { synchronize: false })
@Index(['createdAt', 'id'])
@Index(['name', 'id'])
@Index(['priceAmount', 'id'])
@ConflictDetail('products_sku_idx', 'There is already a product with this sku.')
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

  /** How many bytes the texts need in JSON: a page of a list is limited by them, before it reads them. */
  @Column({
    type: 'int',
    generatedType: 'STORED',
    asExpression: `${jsonBytesOf('name', 'description')} + octet_length("properties"::text)`,
    select: false,
    update: false,
  })
  jsonBytes: number;

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

  /** Counts the updates: its entity tag has it. */
  @VersionColumn({ default: 1 })
  version: number;
}
