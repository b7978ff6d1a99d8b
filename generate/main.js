// npm run generate -- comments post:reference text:text
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import prettier from 'prettier';
import { measuredFields, parseFeature, searchedFields } from './feature.js';
import { InputError } from './input-error.js';
import { registrations } from './registrations.js';
import { Repository } from './repository.js';
import { controller } from './templates/controller.js';
import { e2eSpec } from './templates/e2e-spec.js';
import { entity } from './templates/entity.js';
import { migration } from './templates/migration.js';
import { module } from './templates/module.js';
import { postmanFolder } from './templates/postman-folder.js';
import { query } from './templates/query.js';
import { schema } from './templates/schema.js';
import { service } from './templates/service.js';

/** @import { Feature } from './feature.js' */

const root = fileURLToPath(new URL('..', import.meta.url));

/** The content of each file that is new or changed. @param {Feature} feature @returns {Promise<Record<string, string>>} */
async function contentsOf(feature) {
  const repository = new Repository(root);
  repository.assertFits(feature);
  const { plural, singular, pluralClassName } = feature;
  const timestamp = repository.nextMigration(Date.now());
  const namesOf = (/** @type {{ name: string }[]} */ fields) => fields.map(({ name }) => name);
  const expressions = {
    jsonBytes: await repository.expressionOf('json-bytes', 'jsonBytesOf', namesOf(measuredFields(feature))),
    searchVector: await repository.expressionOf('search-vector', 'searchVectorOf', namesOf(searchedFields(feature))),
  };
  const migrationFile = `${timestamp}-create-${plural}`;
  const created = {
    [`src/${plural}/${singular}.entity.ts`]: entity(feature),
    [`src/${plural}/${singular}.schema.ts`]: schema(feature),
    [`src/${plural}/${plural}.query.ts`]: query(feature),
    [`src/${plural}/${plural}.service.ts`]: service(feature),
    [`src/${plural}/${plural}.controller.ts`]: controller(feature),
    [`src/${plural}/${plural}.module.ts`]: module(feature),
    [`src/database/migrations/${migrationFile}.ts`]: migration(feature, timestamp, expressions),
    [`test/${plural}.e2e.spec.ts`]: e2eSpec(feature),
    [`test/postman/folders/${plural}.js`]: postmanFolder(feature),
  };
  const name = `Create${pluralClassName}${timestamp}`;
  const edits = registrations(feature, repository, { name, path: `./${migrationFile}.js` });
  const changed = Object.entries(edits).map(([path, edit]) => [path, edit(repository.read(path))]);
  return { ...created, ...Object.fromEntries(changed) };
}

/** Nothing is written unless all of it can be. @param {Record<string, string>} contents */
async function write(contents) {
  const formatted = [];
  for (const [path, content] of Object.entries(contents)) {
    const filepath = join(root, path);
    const options = await prettier.resolveConfig(filepath);
    formatted.push({ filepath, text: await prettier.format(content, { ...options, filepath }) });
  }
  for (const { filepath, text } of formatted) {
    await mkdir(dirname(filepath), { recursive: true });
    await writeFile(filepath, text);
  }
}

try {
  const feature = parseFeature(process.argv.slice(2));
  const contents = await contentsOf(feature);
  await write(contents);
  for (const path of Object.keys(contents)) console.log(path);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
