import { references } from '../feature.js';

/** @import { Feature } from '../feature.js' */

/** What the Postman collection shows of a feature, beside what the OpenAPI document says. @param {Feature} feature */
export function postmanFolder(feature) {
  const { plural, pluralVariable, withArticle, variable } = feature;
  const refers = references(feature).map(({ name, target }) => ({ name, ...target }));
  const fields = refers.map(({ name, variable: target }) => `${name}: '{{${target}Id}}'`).join(', ');
  const needs = [...new Set(refers.map((target) => `'${target.plural}'`))].join(', ');
  const unknown = refers.map(({ name, words }) => {
    const difference = `body: { ${name}: 2147483647 }, status: 422, errors: ['${name}'], says: 'The largest possible id. Nothing is saved.'`;
    return `{ name: 'Update ${withArticle} with an unknown ${words}', sends: 'PATCH /${plural}/{id}', ${difference} },\n`;
  });
  return `
/** @type {import('../step.js').Folder} */
export const ${pluralVariable} = {
  name: '${plural}',
  ${refers.length > 0 ? `needs: [${needs}],\nfields: { ${fields} },` : ''}
  steps: [
    { shows: 'POST /${plural}', store: { ${variable}Id: 'id' } },
    { shows: 'GET /${plural}', has: { 'items[0].id': '{{${variable}Id}}' } },
    { shows: 'GET /${plural}/{id}', has: { id: '{{${variable}Id}}' } },
    { shows: 'PATCH /${plural}/{id}', ownerOnly: true },
    ${unknown.join('')}{ shows: 'DELETE /${plural}/{id}', ownerOnly: true },
    { name: 'Read the deleted ${feature.words}', sends: 'GET /${plural}/{id}', status: 404, says: 'It no longer exists.' },
  ],
};
`;
}
