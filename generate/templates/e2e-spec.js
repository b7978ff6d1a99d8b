import { references, searchedFields, sortableFields } from '../feature.js';

/** @import { Feature, Field } from '../feature.js' */

/** @param {Feature} feature */
export function e2eSpec(feature) {
  const { plural, singular, variable, className, withArticle, words, pluralWords, fields } = feature;
  const [first] = fields;
  const changes = fields.filter(({ target }) => target === undefined);
  const sorts = ['createdAt', 'updatedAt', ...sortableFields(feature).map(({ name }) => name)];
  const defaults = fields
    .filter(({ isOptional }) => isOptional)
    .map(({ name, isNullable }) => `${name}: ${isNullable ? 'null' : `''`}`);
  const required = fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
  return `
import { describe, expect, it } from '@jest/globals';
import { ${variable}Schema, type ${className}Response } from '../src/${plural}/${singular}.schema.js';
import { frontend } from './support/api.js';
import { createItem, startApiWithUsers, validBody } from './support/feature.js';
import { sentAs } from './support/openapi.js';

const { api, ada, other } = await startApiWithUsers();

const create = (fields: object = {}) => createItem(ada, '${plural}', fields);

const pathOf = ({ id }: { id: number }) => \`/${plural}/\${String(id)}\`;

const stored = async (item: { id: number }) => (await api.request.get(pathOf(item)).expect(200)).body;

const count = async () => Number((await api.request.get('/${plural}').expect(200)).body.count);

/** For each field another value than the valid body has${changes.length < fields.length ? ', but for references' : ''}. */
const changes = { ${changes.map(({ name, type }) => `${name}: ${type.samples[1]}`).join(', ')} };

describe('creating ${withArticle}', () => {
  it('answers with the ${words} and its author, says where it is, and lets everybody read it', async () => {
    const valid = await validBody(ada, '${plural}');
    const { body, headers } = await ada.agent.post('/${plural}').send(valid).expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      ...valid,
      author: { id: ada.id, name: 'Ada' },
      createdAt: expect.any(String),
      updatedAt: body.createdAt,
    });
    expect(headers.location).toBe(pathOf(body));
    expect(sentAs(${variable}Schema, body)).toEqual(body);
    expect(await stored(body)).toEqual(body);
  });
${
  defaults.length === 0
    ? ''
    : `
  it('gives what is left out its default', async () => {
    ${required.length > 0 ? `const { ${required.join(', ')} } = await validBody(ada, '${plural}');` : ''}
    const { body } = await ada.agent.post('/${plural}').send({ ${required.join(', ')} }).expect(201);
    expect(body).toMatchObject({ ${defaults.join(', ')} });
  });
`
}
  it('lets a page of the frontend read the response, with credentials', async () => {
    const { headers } = await ada.agent
      .post('/${plural}')
      .set('Origin', frontend)
      .send(await validBody(ada, '${plural}'))
      .expect(201);
    expect(headers['access-control-allow-origin']).toBe(frontend);
    expect(headers['access-control-allow-credentials']).toBe('true');
    const { headers: foreign } = await api.request.get('/${plural}').set('Origin', 'https://evil.example').expect(200);
    expect(foreign['access-control-allow-origin']).toBeUndefined();
  });

  it('refuses ${withArticle} without a session', async () => {
    const valid = await validBody(ada, '${plural}');
    const before = await count();
    await api.request.post('/${plural}').send(valid).expect(401);
    expect(await count()).toBe(before);
  });

  it.each([
    ${fields.map(({ name, type }) => `['${name}', ${type.invalid}],`).join('\n')}
    ${first === undefined || first.isOptional ? '' : `['${first.name}', undefined],`}
    ['id', 1],
    ['authorId', 1],
  ])('names %s when its value is not valid', async (path, value) => {
    const valid = await validBody(ada, '${plural}');
    const before = await count();
    const { body } = await ada.agent.post('/${plural}').send({ ...valid, [path]: value }).expect(400);
    expect(body.errors).toEqual([{ path, message: expect.any(String) }]);
    expect(await count()).toBe(before);
  });

  it('creates one ${words} for one Idempotency-Key', async () => {
    const valid = await validBody(ada, '${plural}');
    const before = await count();
    const send = () => ada.agent.post('/${plural}').set('Idempotency-Key', 'one-${singular}').send(valid).expect(201);
    expect((await send()).body).toEqual((await send()).body);
    expect(await count()).toBe(before + 1);
  });
${references(feature)
  .map((field) => unknownReference(feature, field))
  .join('\n')}
});

describe('updating ${withArticle}', () => {
  it('changes only what is sent', async () => {
    const before = await create();
    ${
      changes.length === 0
        ? `const { body } = await ada.agent.patch(pathOf(before)).send({}).expect(200);
    expect(body).toEqual({ ...before, updatedAt: expect.any(String) });`
        : `for (const [name, value] of Object.entries(changes)) {
      const item = await stored(before);
      const { body } = await ada.agent.patch(pathOf(before)).send({ [name]: value }).expect(200);
      expect(body).toEqual({ ...item, [name]: value, updatedAt: expect.any(String) });
      expect(await stored(before)).toEqual(body);
    }`
    }
  });

  it('needs the ETag of the latest version in If-Match, where it is sent', async () => {
    const item = await create();
    const { headers } = await api.request.get(pathOf(item)).expect(200);
    const etag = headers.etag ?? '';
    await api.request.get(pathOf(item)).set('If-None-Match', etag).expect(304);
    await ada.agent.patch(pathOf(item)).set('If-Match', etag).send(changes).expect(200);
    await ada.agent.patch(pathOf(item)).set('If-Match', etag).send({}).expect(412);
    await ada.agent.delete(pathOf(item)).set('If-Match', etag).expect(412);
    expect(await stored(item)).toMatchObject(changes);
  });

  it.each(['patch', 'delete'] as const)('refuses %s by another user and without a session', async (method) => {
    const item = await create();
    await other.agent[method](pathOf(item)).send({}).expect(403);
    await api.request[method](pathOf(item)).send({}).expect(401);
    await ada.agent[method]('/${plural}/2147483647').send({}).expect(404);
    await ada.agent[method]('/${plural}/0').send({}).expect(400);
    expect(await stored(item)).toEqual(item);
  });
});

describe('deleting ${withArticle}', () => {
  it('answers 204, and 404 from then on', async () => {
    const item = await create();
    await ada.agent.delete(pathOf(item)).expect(204, '');
    await api.request.get(pathOf(item)).expect(404);
  });
${references(feature)
  .map((field) => deletedTarget(field))
  .join('\n')}
});

describe('listing ${pluralWords}', () => {
  /** All pages, by their links. */
  async function readAll(path: string): Promise<${className}Response[]> {
    const { body, headers } = await api.request.get(path).expect(200);
    const next = /<(.+)>; rel="next"/.exec(headers.link ?? '')?.[1];
    return [...body.items, ...(next === undefined ? [] : await readAll(next))];
  }

  const idsOf = (items: { id: number }[]) => items.map(({ id }) => id);

  it.each([${sorts.map((sort) => `'${sort}'`).join(', ')}])('goes through all pages by %s, in both directions', async (sort) => {
    for (let left = 3; left > 0; left -= 1) {
      await create();
      await create(changes);
    }
    const rows: { id: number }[] = await api.dataSource.query(\`SELECT id FROM ${feature.table} ORDER BY "\${sort}", id\`);
    const ids = idsOf(await readAll(\`/${plural}?limit=2&sort=\${sort}\`));
    expect(ids).toEqual(idsOf(rows));
    expect(idsOf(await readAll(\`/${plural}?limit=2&sort=-\${sort}\`))).toEqual(ids.toReversed());
    expect(idsOf(await readAll(\`/${plural}?limit=100&offset=1&sort=\${sort}\`))).toEqual(ids.slice(1));
  });
${searchedFields(feature)
  .map((field) => search(feature, field))
  .join('\n')}

  it('filters by ${['author', ...references(feature).map(({ target }) => target?.words)].join(' and by ')}', async () => {
    const valid = await validBody(other, '${plural}');
    const { body } = await other.agent.post('/${plural}').send(valid).expect(201);
    await create();
    await api.request.get(\`/${plural}?authorId=\${String(other.id)}\`).expect(200, { count: 1, items: [body] });
    ${references(feature)
      .map(
        ({ name }) =>
          `await api.request.get(\`/${plural}?${name}=\${String(body.${name})}\`).expect(200, { count: 1, items: [body] });`,
      )
      .join('\n')}
  });

  it.each(['limit=0', 'sort=colour', 'colour=red'])('refuses %s', async (query) => {
    await api.request.get(\`/${plural}?\${query}\`).expect(400);
  });
});
`;
}

/** @param {Feature} feature @param {Field} field */
const unknownReference = ({ plural }, { name, target }) => `
  it('refuses an unknown ${target?.words}', async () => {
    const valid = await validBody(ada, '${plural}');
    const before = await count();
    const { body } = await ada.agent.post('/${plural}').send({ ...valid, ${name}: 2_147_483_647 }).expect(422);
    expect(body.errors).toEqual([{ path: '${name}', message: 'does not exist' }]);
    expect(await count()).toBe(before);
  });`;

/** @param {Field} field */
function deletedTarget({ name, target, isNullable }) {
  const remove = `const item = await create();
    await ada.agent.delete(\`/${target?.plural}/\${String(item.${name})}\`).expect(204);`;
  if (!isNullable)
    return `
  it('is done with its ${target?.words}', async () => {
    ${remove}
    await api.request.get(pathOf(item)).expect(404);
  });`;
  return `
  it('does not follow from the deletion of its ${target?.words}', async () => {
    ${remove}
    expect(await stored(item)).toMatchObject({ ${name}: null });
  });`;
}

/** @param {Feature} feature @param {Field} field */
const search = ({ plural, fields }, field) => `
  it('finds words in ${field.name}', async () => {
    const item = await create({ ${field.name}: 'Lanterns of lighthouse ${fields.indexOf(field)}' });
    await api.request.get('/${plural}?search=lantern+${fields.indexOf(field)}').expect(200, { count: 1, items: [item] });
  });`;
