const name = 'Coffee {{run}}';

/** @type {import('../step.js').Folder} */
export const categories = {
  name: 'categories',
  description: 'Posts and products are in categories. Names are unique; upper and lower case make no difference.',
  fields: { name, description: 'Beans and brewing' },
  steps: [
    {
      shows: 'POST /categories',
      says: 'Grace is its creator.',
      has: { creator: { id: '{{userId}}', name: 'Grace Hopper' } },
      store: { categoryId: 'id' },
    },
    {
      name: 'Create a second category',
      sends: 'POST /categories',
      body: { name: 'Tea {{run}}' },
      has: { description: '' },
      store: { otherCategoryId: 'id' },
      says: 'Without a description, which is empty by default.',
    },
    {
      name: 'Create a category with a name that is already in use',
      sends: 'POST /categories',
      body: { name: 'COFFEE {{run}}' },
      status: 409,
      says: 'Upper and lower case make no difference: COFFEE is Coffee.',
    },
    { shows: 'GET /categories' },
    {
      name: 'List categories that match a search',
      sends: 'GET /categories',
      query: 'search=coffee&limit=100&sort=-createdAt',
      says: 'A word of its name.',
      checks: {
        'contains the category': () => {
          const ids = pm.response.json().items.map(({ id }) => id);
          pm.expect(ids).to.include(Number(pm.variables.get('categoryId')));
        },
      },
    },
    {
      name: 'List the first page',
      sends: 'GET /categories',
      query: 'limit=1&sort=-createdAt',
      has: { 'items.length': 1 },
      store: { cursor: 'Link', firstId: 'items[0].id' },
      says: 'One item, and a Link to the next page.',
    },
    {
      name: 'List the next page',
      sends: 'GET /categories',
      query: 'limit=1&sort=-createdAt&cursor={{cursor}}',
      has: { 'items.length': 1 },
      checks: {
        'has a different item': () =>
          pm.expect(pm.response.json().items[0].id).not.to.equal(Number(pm.variables.get('firstId'))),
      },
      says: 'With the cursor of the Link.',
    },
    { shows: 'GET /categories/{id}', has: { id: '{{categoryId}}' }, store: { etag: 'ETag' } },
    {
      name: 'Read a category that has not changed',
      sends: 'GET /categories/{id}',
      headers: { 'If-None-Match': '{{etag}}', 'Cache-Control': 'max-age=0' },
      status: 304,
      says: 'With the ETag of the previous response. Cache-Control replaces the no-cache of Postman, which asks for the whole body.',
    },
    {
      shows: 'PATCH /categories/{id}',
      ownerOnly: true,
      body: { description: 'Beans, brewing and roasting' },
      has: { name },
    },
    {
      name: 'Read the updated category',
      sends: 'GET /categories/{id}',
      has: { description: 'Beans, brewing and roasting' },
      says: 'The update was saved.',
    },
    {
      name: 'Update a category with a blank name',
      sends: 'PATCH /categories/{id}',
      body: { name: ' ' },
      status: 400,
      errors: ['name'],
      says: 'Spaces are removed at both ends.',
    },
    {
      name: 'Update a category with a name that is already in use',
      sends: 'PATCH /categories/{id}',
      body: { name: 'tea {{run}}' },
      status: 409,
      says: 'The second category has it.',
    },
    {
      shows: 'DELETE /categories/{id}',
      id: '{{otherCategoryId}}',
      ownerOnly: true,
      says: 'The second one: it is not in use.',
    },
    {
      name: 'Read the deleted category',
      sends: 'GET /categories/{id}',
      id: '{{otherCategoryId}}',
      status: 404,
      says: 'It no longer exists.',
    },
  ],
};
