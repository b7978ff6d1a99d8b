/** @import { Operation } from './operation.js' */
/** @import { Request } from './requests.js' */

/**
 * The failures that follow from the document, and from who may use an operation. Each says what differs from the request of a
 * success. Other failures stand in the folders.
 *
 * @param {Operation} operation
 * @param {Request} request of the success
 * @returns {Request[]}
 */
export function failuresOf(operation, request) {
  const failures = rules.flatMap((rule) => rule(operation, request));
  const all = failures.length > 0 ? failures : notAcceptable(operation);
  return all.map(({ name, ...difference }) => ({
    ...{ method: request.method, url: request.url, status: request.status, as: request.as },
    ...{ body: request.body, headers: withoutKey(request.headers), name: `${request.name} ${name}` },
    ...difference,
  }));
}

/** @typedef {Partial<Request> & { name: string, says: string }} Failure */

/** @type {((operation: Operation, request: Request) => Failure[])[]} */
const rules = [
  invalidBody,
  invalidQuery,
  invalidId,
  unknownId,
  outdatedTag,
  repeatedKey,
  withoutSession,
  ofAnotherUser,
  withoutBeingAdmin,
  fromAnotherOrigin,
];

const maxId = 2_147_483_647;
const idempotencyKey = 'Idempotency-Key';

/** @param {Record<string, string>} headers */
const withoutKey = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => name !== idempotencyKey));

/** Two cases in one: each required field is missing, and there is one that no operation takes. @type {typeof rules[number]} */
function invalidBody({ bodySchema }) {
  if (bodySchema === undefined) return [];
  const { required = [] } = bodySchema;
  const name = required.length > 0 ? 'with an id, and without the required fields' : 'with an id';
  const says = 'Only the API sets ids. The response names each invalid field.';
  return [{ name, says, body: { id: 1 }, status: 400, errors: [...required, 'id'] }];
}

/** Every parameter whose schema tells what is invalid, and an unknown one. @type {typeof rules[number]} */
function invalidQuery(operation, { url }) {
  const invalid = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }) => {
      if (schema.type === 'integer') return [[name, String((schema.minimum ?? 0) - 1)]];
      return schema.enum === undefined ? [] : [[name, 'unknown']];
    });
  if (invalid.length === 0) return [];
  const all = [...invalid, ['colour', 'red']];
  const query = all.map((pair) => pair.join('=')).join('&');
  const says = 'An unknown one, and invalid values of others. The response names all of them.';
  return [
    {
      name: 'with invalid parameters',
      says,
      url: `${url.split('?')[0]}?${query}`,
      status: 400,
      errors: all.map(([name = '']) => name),
    },
  ];
}

/** Not in the body: in the path. @param {Operation} operation */
const idOf = ({ parameters }) => parameters.find((parameter) => parameter.in === 'path');

/** One for each method, so that the collection shows all of them. @type {Record<string, string>} */
const invalidIds = { GET: '2147483648', PATCH: 'first', PUT: '1.5', DELETE: '0' };

/** @type {typeof rules[number]} */
function invalidId(operation, { url, method }) {
  const id = idOf(operation);
  if (id === undefined) return [];
  const [invalid = '', says] =
    id.schema.type === 'integer'
      ? [invalidIds[method], 'Ids are integers from 1 to 2147483647.']
      : ['1', 'The id is a UUID.'];
  return [{ name: 'with an invalid id', says, url: withId(url, invalid), status: 400, errors: [id.name] }];
}

/** @type {typeof rules[number]} */
function unknownId(operation, { url }) {
  const id = idOf(operation);
  if (id === undefined || !operation.mayRespondWith(404)) return [];
  const [unknown, says] =
    id.schema.type === 'integer'
      ? [String(maxId), 'The largest possible id.']
      : ['00000000-0000-0000-0000-000000000000', 'No item has this id.'];
  return [{ name: 'with an unknown id', says, url: withId(url, unknown), status: 404 }];
}

/** @param {string} url @param {string} id */
const withId = (url, id) => url.replace(/[^/]*$/, id);

/** @type {typeof rules[number]} */
function outdatedTag(operation) {
  if (!operation.takes('header', 'If-Match') || !operation.mayRespondWith(412)) return [];
  const says = 'Somebody has changed it since it was read: this request would undo that.';
  return [{ name: 'with the ETag of a former version', says, headers: { 'If-Match': '"former"' }, status: 412 }];
}

/** @type {typeof rules[number]} */
function repeatedKey(operation, { headers, body = {}, store = {} }) {
  const key = headers[idempotencyKey];
  if (key === undefined) return [];
  const [id] = Object.keys(store);
  return [
    {
      name: 'again, with the same Idempotency-Key',
      says: 'After a lost response, for example: nothing more is created.',
      headers: { [idempotencyKey]: key },
      ...(id !== undefined && { has: { id: `{{${id}}}` } }),
      checks: {
        'has the same ETag': () => pm.expect(pm.response.headers.get('ETag')).to.equal(pm.variables.get('etag')),
      },
    },
    {
      name: 'with the Idempotency-Key of another request',
      says: 'A key belongs to one request.',
      headers: { [idempotencyKey]: key },
      body: changed(operation, body),
      status: 422,
      detail: idempotencyKey,
    },
  ];
}

/** With another value in one field. @param {Operation} operation @param {NonNullable<Request['body']>} body */
function changed(operation, body) {
  const names = Object.keys(body);
  const name = names.find((each) => !String(body[each]).startsWith('{{'));
  if (name !== undefined) return { ...body, [name]: operation.sampleOf(name, 1) };
  // It has only ids of other items. A small id could be the same.
  return { ...body, [names[0] ?? '']: maxId };
}

/** @type {typeof rules[number]} */
function withoutSession(operation) {
  if (operation.isPublic) return [];
  const says = 'Without the cookie jar, so without a session.';
  return [{ name: 'without a session', says, as: 'nobody', status: 401 }];
}

/** @type {typeof rules[number]} */
function ofAnotherUser(_, { ownerOnly }) {
  if (!ownerOnly) return [];
  const says = 'Eve has not created it, and is not an admin.';
  return [{ name: 'of another user', says, as: 'other user', status: 403, detail: 'Only ' }];
}

/** @type {typeof rules[number]} */
function withoutBeingAdmin(_, { adminOnly }) {
  return adminOnly
    ? [{ name: 'without being an admin', says: 'Grace has the role user.', as: undefined, status: 403 }]
    : [];
}

/** @type {typeof rules[number]} */
function fromAnotherOrigin({ isUnsafe }) {
  if (!isUnsafe) return [];
  const says = 'The headers of a page on another origin. The API refuses the request before it reads the body.';
  return [{ name: 'from a page on another origin', says, as: undefined, from: 'another origin', status: 403 }];
}

/** Where nothing else can fail. @param {Operation} operation @returns {Failure[]} */
function notAcceptable(operation) {
  if (!operation.mayRespondWith(406)) return [];
  const says = 'The API responds only with application/json.';
  return [{ name: 'as HTML', says, headers: { Accept: 'text/html' }, status: 406 }];
}
