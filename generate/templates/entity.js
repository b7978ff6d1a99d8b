import { measuredFields, references, searchedFields, sortableFields } from '../feature.js';

/** @import { Feature, Field } from '../feature.js' */

/** @param {Feature} feature */
export function entity(feature) {
  const { className, table, fields } = feature;
  const measured = measuredFields(feature).map(({ name }) => `'${name}'`);
  const searched = searchedFields(feature).map(({ name }) => `'${name}'`);
  const search = searched.length > 0;
  const imports = [
    ...(measured.length > 0 ? [`import { jsonBytesOf } from '../pagination/json-bytes.js';`] : []),
    ...(search ? [`import { searchVectorOf } from '../pagination/search-vector.js';`] : []),
    ...references(feature).map(
      ({ target }) => `import { ${target?.className} } from '../${target?.plural}/${target?.singular}.entity.js';`,
    ),
    `import { User } from '../users/user.entity.js';`,
  ];
  return `
import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
  type Relation,
} from 'typeorm';
${imports.sort((one, other) => (pathIn(one) < pathIn(other) ? -1 : 1)).join('\n')}

${search ? `/** \`${table}_search\` is a full-text index, created by the migration. */` : ''}
@Entity('${table}')
${search ? `@Index('${table}_search', { synchronize: false })` : ''}
@Index(['createdAt', 'id'])
@Index(['updatedAt', 'id'])
${sortableFields(feature)
  .map(({ name }) => `@Index(['${name}', 'id'])`)
  .join('\n')}
export class ${className} {
  @PrimaryGeneratedColumn('identity')
  id: number;

  ${fields.map(property).join('\n\n')}

  ${measured.length > 0 ? jsonBytes(measured) : ''}

  ${search ? searchVector(searched) : ''}

  /** Null once the account is deleted. */
  @Column('int', { nullable: true })
  @Index()
  authorId: number | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'authorId' })
  author: Relation<User> | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  /** Counts the updates: its entity tag has it. */
  @VersionColumn({ default: 1 })
  version: number;
}
`;
}

/** @param {string} line */
const pathIn = (line) => line.replace(/.* from /, '');

/** @param {Field} field */
function property({ name, type, isOptional, isNullable, target, relation }) {
  const options = [isNullable && 'nullable: true', isOptional && !isNullable && `default: ''`].filter(Boolean);
  const [orNull, nullable] = isNullable ? [' | null', ', nullable: true'] : ['', ''];
  const argument =
    type.precision === undefined
      ? `'${type.column}'${options.length > 0 ? `, { ${options.join(', ')} }` : ''}`
      : `{ type: '${type.column}', precision: ${type.precision}${nullable} }`;
  const column = `@Column(${argument})`;
  if (target === undefined) return `${column}\n${name}: ${type.property}${orNull};`;
  return `
  ${isNullable ? `/** Null once the ${target.words} is deleted. */` : ''}
  ${column}
  @Index()
  ${name}: number${orNull};

  ${isNullable ? '' : `/** Deleted with its ${target.words}. */`}
  @ManyToOne(() => ${target.className}, { onDelete: '${isNullable ? 'SET NULL' : 'CASCADE'}'${nullable} })
  @JoinColumn({ name: '${name}' })
  ${relation}: Relation<${target.className}>${orNull};`.trim();
}

/** @param {string[]} searched */
const searchVector = (searched) => `
  /** What searches compare. */
  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: searchVectorOf(${searched.join(', ')}),
    select: false,
    update: false,
  })
  searchVector: string;
`;

/** @param {string[]} measured */
const jsonBytes = (measured) => `
  /** How many bytes the texts need in JSON: a page of a list is limited by them, before it reads them. */
  @Column({
    type: 'int',
    generatedType: 'STORED',
    asExpression: jsonBytesOf(${measured.join(', ')}),
    select: false,
    update: false,
  })
  jsonBytes: number;
`;
