import { columnOf, measuredFields, references, searchedFields, sortableFields } from '../feature.js';

/** @import { Feature, Field } from '../feature.js' */

/** @param {Feature} feature */
export function query(feature) {
  const { className, pluralClassName, plural, variable, pluralVariable, singular, table, alias, fields } = feature;
  const filtered = [...references(feature).map(({ name }) => name), 'authorId'];
  // What another row's deletion sets to null belongs to the entity tag, as the version does not count it.
  const related = fields.filter(({ target, isNullable }) => target !== undefined && isNullable);
  const columns = fields.filter((field) => !related.includes(field)).map((field) => selected(feature, field));
  const select = [columnOf(feature, 'id'), ...columns, columnOf(feature, 'createdAt'), columnOf(feature, 'updatedAt')];
  const isSearched = searchedFields(feature).length > 0;
  return `
import type { z } from 'zod';
import { pageQuery } from '../pagination/page.schema.js';
import type { Filters, PaginatedQuery, SortableColumns } from '../pagination/paginated-query.js';
import { authorJson } from '../users/user.schema.js';
import { integerParam } from '../validation/field.schemas.js';
import type { ${className}Response } from './${singular}.schema.js';

const sortable = {
  createdAt: {
    column: '${columnOf(feature, 'createdAt')}',
    valueOf: ({ createdAt }) => createdAt.toISOString(),
    cast: (placeholder) => \`\${placeholder}::timestamptz\`,
  },
  updatedAt: {
    column: '${columnOf(feature, 'updatedAt')}',
    valueOf: ({ updatedAt }) => updatedAt.toISOString(),
    cast: (placeholder) => \`\${placeholder}::timestamptz\`,
  },
  ${sortableFields(feature)
    .map((field) => sortable(feature, field))
    .join('\n')}
} satisfies SortableColumns<${className}Response>;

export const list${pluralClassName}Schema = pageQuery(sortable, '-createdAt', {
  ${filtered.map((name) => `${name}: integerParam(1).optional(),`).join('\n')}
});
export type List${pluralClassName} = z.infer<typeof list${pluralClassName}Schema>;

export const ${pluralVariable}Query: PaginatedQuery<${className}Response> = {
  name: '${plural}',
  from: '${table} ${alias}',
  id: '${columnOf(feature, 'id')}',
  select: ${quoted(select.join(', '))},
  related: {
    ${related.map(({ name }) => `${name}: '${columnOf(feature, name)}',`).join('\n')}
    author: authorJson('${columnOf(feature, 'authorId')}'),
  },
  version: '${columnOf(feature, 'version')}',
  ${isSearched ? `searchVector: '${columnOf(feature, 'searchVector')}',` : `// It has no text: a search finds nothing.\nsearchVector: "''::tsvector",`}
  sortable,
  ${measuredFields(feature).length > 0 ? `jsonBytes: '${columnOf(feature, 'jsonBytes')}',` : ''}
};

export const ${variable}Filters =
  ({ ${filtered.join(', ')} }: List${pluralClassName}): Filters =>
  (parameters) => [
    ${filtered.map((name) => `${name} === undefined ? undefined : \`${columnOf(feature, name)} = \${parameters.add(${name})}\`,`).join('\n')}
  ];
`;
}

/** The driver reads a date as a time of the local zone: it is selected as text. @param {Feature} feature @param {Field} field */
function selected(feature, { name, typeName }) {
  const column = columnOf(feature, name);
  return typeName === 'date' ? `${column}::text AS "${name}"` : column;
}

/** @param {Feature} feature @param {Field} field */
function sortable(feature, { name, type }) {
  const value =
    type.property === 'Date' ? `${name}.toISOString()` : type.property === 'string' ? name : `String(${name})`;
  return `${name}: {
    column: '${columnOf(feature, name)}',
    valueOf: ({ ${name} }) => ${value},
    cast: (placeholder) => \`\${placeholder}::${type.cast}\`,
  },`;
}

/** On several lines where it is long. @param {string} select */
function quoted(select) {
  if (select.length < 100) return `'${select}'`;
  const lines = select.split(', ').reduce((lines, column) => {
    const last = lines.at(-1) ?? '';
    return last.length + column.length < 100
      ? [...lines.slice(0, -1), last === '' ? column : `${last}, ${column}`]
      : [...lines, column];
  }, /** @type {string[]} */ (['']));
  return `\`${lines.join(',\n    ')}\``;
}
