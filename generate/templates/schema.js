/** @import { Feature, Field } from '../feature.js' */

/** @param {Feature} feature */
export function schema(feature) {
  const { className, variable, fields } = feature;
  const inputs = fields.map((field) => `${field.name}: ${inputOf(field)},`).join('\n');
  const optional = fields.filter(({ isOptional }) => isOptional);
  const defaults = optional.map(
    ({ name, isNullable }) => `${name}: fields.${name}.default(${isNullable ? 'null' : `''`}),`,
  );
  const create = optional.length === 0 ? 'fields' : `{ ...fields, ${defaults.join('\n')} }`;
  const outputs = fields.map(
    ({ name, type, isNullable }) => `${name}: ${type.output}${isNullable ? '.nullable()' : ''},`,
  );
  const helpers = ['maxInt4', 'multiLine', 'singleLine'].filter((name) => inputs.includes(name));
  return `
import { z } from 'zod';
import { pageOf } from '../pagination/page.schema.js';
import { authorSchema } from '../users/user.schema.js';
import { ${[...helpers, 'requestBody', 'timestamp'].sort().join(', ')} } from '../validation/field.schemas.js';

const fields = {
  ${inputs}
};

export const create${className}Schema = requestBody(${create}).meta({ id: 'Create${className}' });
export type Create${className} = z.infer<typeof create${className}Schema>;

export const update${className}Schema = requestBody(fields).partial().meta({ id: 'Update${className}' });
export type Update${className} = z.infer<typeof update${className}Schema>;

export const ${variable}Schema = z
  .object({
    id: z.int(),
    ${outputs.join('\n')}
    author: authorSchema,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: '${className}' });
export type ${className}Response = z.infer<typeof ${variable}Schema>;

export const ${variable}PageSchema = pageOf(${variable}Schema, '${className}Page');
`;
}

/** @param {Field} field */
function inputOf({ type, typeName, isOptional, isNullable }) {
  const mayBeEmpty = isOptional || typeName !== 'text';
  return `${type.input}${mayBeEmpty ? '' : `.refine((value) => value.trim() !== '', 'must not be empty')`}${isNullable ? '.nullable()' : ''}`;
}
