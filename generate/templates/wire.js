import { references, sortableFields } from '../feature.js';
import { bytesPerText } from '../limits.js';

/** @import { Feature } from '../feature.js' */

/** The section of the feature in `docs/reference/wire.md`. @param {Feature} feature */
export function wireSection(feature) {
  const { plural, title, words, withArticle, fields } = feature;
  const body = fields.map(({ name, isOptional }) => (isOptional ? `${name}?` : name)).join(', ');
  const targets = references(feature).map(({ target }) => target?.withArticle.replace(/^an? /, ''));
  const unknown = targets.length > 0 ? `; 422 for an unknown ${targets.join(' or ')}` : '';
  const texts = fields.filter(({ typeName }) => typeName === 'text').length;
  return `### ${title}

| operation | who | what it does |
| --- | --- | --- |
| \`GET /${plural}\` | anyone | a [list](#lists) |
| \`GET /${plural}/:id\` | anyone | one ${words} with its author |
| \`POST /${plural}\` | session | \`{ ${body} }\`: 201 and \`Location\`${unknown} |
| \`PATCH /${plural}/:id\` | author or admin | changes the fields that are sent |
| \`DELETE /${plural}/:id\` | author or admin | 204 |

${texts > 0 ? `The body of ${withArticle} has at most ${(texts * bytesPerText) / 1024} KiB.\n\n` : ''}`;
}

/** Its row in the table of lists. @param {Feature} feature */
export function wireRow(feature) {
  const filters = [...references(feature).map(({ name }) => name), 'authorId'];
  const sorts = ['createdAt', 'updatedAt', ...sortableFields(feature).map(({ name }) => name)];
  const orders = [
    '-createdAt',
    ...sorts.flatMap((sort) => [sort, `-${sort}`]).filter((order) => order !== '-createdAt'),
    'relevance',
  ];
  const codes = (/** @type {string[]} */ names) => names.map((name) => `\`${name}\``).join(', ');
  return `| \`GET /${feature.plural}\` | ${codes(filters)} | ${codes(orders)} |`;
}
