import { references } from './feature.js';
import { addElement, addImport, listElements } from './source-edits.js';
import { wireRow, wireSection } from './templates/wire.js';

/** @import { Feature } from './feature.js' */
/** @import { Repository } from './repository.js' */

/** @typedef {(source: string) => string} Edit */

/**
 * The lists that name each feature, by their files.
 *
 * @param {Feature} feature
 * @param {Repository} repository
 * @param {{ name: string, path: string }} migration its class, and its path from the list
 * @returns {Record<string, Edit>}
 */
export function registrations(feature, repository, migration) {
  const { className, pluralClassName, plural, pluralVariable, singular } = feature;
  const features = repository.features();
  // The last one below it: its floor, its tag and its tests follow those of this feature.
  const floors = listElements(repository.read('.dependency-cruiser.js'), 'floors').map(unquoted);
  const top = floors.find((folder) => features.includes(folder)) ?? 'accounts';
  return {
    'src/app.module.ts': (source) =>
      addElement(
        addImport(source, `${pluralClassName}Module`, `./${plural}/${plural}.module.js`),
        'features',
        `${pluralClassName}Module`,
        (other) => other === 'OriginsModule',
      ),
    'src/database/entities.ts': (source) =>
      addElement(addImport(source, className, `../${plural}/${singular}.entity.js`), 'entities', className),
    'src/database/migrations/index.ts': (source) =>
      addElement(addImport(source, migration.name, migration.path), 'migrations', migration.name),
    'src/openapi/openapi.setup.ts': (source) =>
      addElement(source, 'tags', `'${plural}': '${describe(feature)}'`, (other) => /^origins:/.test(other)),
    '.dependency-cruiser.js': (source) =>
      addElement(source, 'floors', `'${plural}'`, (other) => unquoted(other) === top),
    'docs/ARCHITECTURE.md': (source) =>
      insertBefore(source, new RegExp(`^\\| \`${top}/\``, 'm'), `| \`${plural}/\` | a feature |\n`),
    'docs/reference/wire.md': (source) =>
      addRow(insertBefore(source, /^### Origins$|^## Lists$/m, wireSection(feature)), wireRow(feature)),
    'test/support/feature.ts': (source) => addElement(source, 'bodies', `'${plural}': ${validBody(feature)}`),
    'test/authorization-matrix.e2e.spec.ts': (source) =>
      routesOf(feature).reduce(
        (edited, [route, statuses], index) =>
          addElement(edited, 'table', `${index === 0 ? '\n' : ''}'${route}': [${statuses}]`),
        source,
      ),
    'test/public-routes.e2e.spec.ts': (source) =>
      [`'GET /${plural}'`, `'GET /${plural}/:id'`].reduce(
        (edited, route) => addElement(edited, 'publicRoutes', route, (other) => other > route),
        source,
      ),
    'test/postman/collection.e2e.spec.ts': (source) => addElement(source, 'shownByTests', `'POST /${plural} 409'`),
    'test/postman/folders.js': (source) =>
      addElement(
        addImport(source, pluralVariable, `./folders/${plural}.js`),
        'folders',
        pluralVariable,
        (other) => other === 'origins',
      ),
  };
}

/** @param {Feature} feature */
function describe(feature) {
  const targets = references(feature).map(({ target }) => target?.pluralWords);
  return `${feature.title} with an author${targets.length > 0 ? `, of ${targets.join(' and ')}` : ''}.`;
}

/** For the roles of the matrix, in their order. @param {Feature} feature @returns {[string, string][]} */
function routesOf({ plural }) {
  const all = Array.from({ length: 12 }, () => 200).join(', ');
  return [
    [`GET /${plural}`, all],
    [`GET /${plural}/:id`, all],
    [`POST /${plural}`, '401, 201, 201, 201, 401, 401, 401, 401, 403, 201, 201, 401'],
    [`PATCH /${plural}/:id`, '401, 403, 200, 200, 401, 401, 401, 401, 403, 200, 200, 401'],
    [`DELETE /${plural}/:id`, '401, 403, 204, 204, 401, 401, 401, 401, 403, 204, 204, 401'],
  ];
}

/** @param {Feature} feature */
function validBody({ fields }) {
  const values = fields.map(({ name, type, target }) =>
    target === undefined ? `${name}: ${type.samples[0]}` : `${name}: (await createItem(user, '${target.plural}')).id`,
  );
  const needsUser = fields.some(({ target }) => target !== undefined);
  return `${needsUser ? 'async (user)' : '()'} => ({ ${values.join(', ')} })`;
}

/** @param {string} source @param {RegExp} pattern @param {string} text */
function insertBefore(source, pattern, text) {
  const position = source.search(pattern);
  if (position < 0) throw new Error(`There is no ${String(pattern)} any more.`);
  return source.slice(0, position) + text + source.slice(position);
}

/** At the end of the table of lists. @param {string} source @param {string} row */
function addRow(source, row) {
  const start = source.indexOf('\n## Lists');
  return source.slice(0, start) + source.slice(start).replace(/(?:^\|.*\n)+/m, (table) => `${table}${row}\n`);
}

/** @param {string} text */
const unquoted = (text) => text.replaceAll(/['"]/g, '');
