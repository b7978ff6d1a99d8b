import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { startApi, type Api } from '../support/api.js';
import { operationsOf, type Paths } from '../support/openapi.js';
import { collectionFile, collectionOf, environmentFile } from './collection.js';

/** The parts of a collection (v2.1) that these tests read. https://schema.postman.com */
interface Item {
  name: string;
  description?: string;
  item?: Item[];
  event?: { listen: string; script: { exec: string[] } }[];
  request?: { method: string; url: string; description?: string };
}

/** A request, its folders, and the statuses that its tests expect. */
interface CollectionRequest {
  name: string;
  folders: string[];
  method: string;
  path: string;
  statuses: number[];
  description?: string;
}

const source = readFileSync(collectionFile, 'utf8');
const collection = JSON.parse(source) as { item: Item[]; variable: { key: string }[] };
const environment = JSON.parse(readFileSync(environmentFile, 'utf8')) as {
  values: { key: string; value: string }[];
};

/** Only requests in this folder may use a path or a method that the API does not have. */
const unknownPathsFolder = 'unknown paths and methods';

/** Every operation may respond with these statuses. The collection shows each of them once. */
const commonStatuses = [405, 406, 412, 413, 415, 429];

/** Only for requests at the same time, and for the hundredth token: other tests show them. */
const shownByTests = ['POST /posts 409', 'POST /authentication/tokens 409'];

/** Only where a setting requires `If-Match`. */
const withIfMatchRequired = 428;

function requestsIn(items: Item[], folders: string[] = []): CollectionRequest[] {
  return items.flatMap(({ name, item, event = [], request }) => {
    if (request === undefined) return requestsIn(item ?? [], [...folders, name]);
    const { method, url, description } = request;
    const tests = event.filter(({ listen }) => listen === 'test').flatMap(({ script }) => script.exec);
    const statuses = [...tests.join('\n').matchAll(/to\.have\.status\((\d{3})\)/g)].map(([, status]) => Number(status));
    const path = url.replace('{{baseUrl}}', '').replace(/\?.*$/, '');
    return [{ name, folders, method, path, statuses, description }];
  });
}

const allRequests = requestsIn(collection.item);

/** The requests to the API, without those to the mailbox of the runner. */
const apiRequests = allRequests.filter(({ path }) => path.startsWith('/'));

/** For example `{{postId}}`, `0` and `first` where the operation has `{id}`. */
function callsOperation({ method, path }: CollectionRequest, operation: string): boolean {
  const pattern = operation.replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(`${method} ${path}`);
}

/** The responses that the collection does not show, for example `DELETE /posts/{id} 404`. */
function missingResponses(paths: Paths): string[] {
  return operationsOf(paths).flatMap(([name, { responses, requestBody, parameters = [] }]) => {
    const takesInput = requestBody !== undefined || parameters.length > 0;
    const shown = apiRequests.filter((request) => callsOperation(request, name)).flatMap(({ statuses }) => statuses);
    const documented = Object.keys(responses).map(Number);
    const missing = documented
      .filter((status) => status < 500 && status !== withIfMatchRequired && !commonStatuses.includes(status))
      .filter((status) => !shown.includes(status) && !shownByTests.includes(`${name} ${status}`))
      // Without input, 400 is only possible for a duplicate cookie, which the collection shows once.
      .filter((status) => status !== 400 || takesInput);
    const showsNoError = documented.some(isClientError) && !shown.some(isClientError);
    return [...missing.map(String), ...(showsNoError ? ['any error'] : [])].map((status) => `${name} ${status}`);
  });
}

const isClientError = (status: number) => status >= 400 && status < 500;

let api: Api;
let document: OpenAPIObject;
beforeAll(async () => {
  api = await startApi();
  document = (await api.request.get('/openapi.json').expect(200)).body;
});
afterAll(() => api.close());

describe('the Postman collection', () => {
  it('is made of /openapi.json and of test/postman/folders; if not: npm run postman:collection', async () => {
    // Not toBe: the difference would be thousands of lines long.
    if (source !== (await collectionOf(document)))
      throw new Error(
        `${collectionFile} is not what /openapi.json and the folders say now: run npm run postman:collection`,
      );
  });

  it('changes with what /openapi.json says', async () => {
    const changed = JSON.parse(JSON.stringify(document).replaceAll('List posts', 'List all posts')) as OpenAPIObject;
    expect(source).not.toContain('List all posts');
    expect(await collectionOf(changed)).toContain('List all posts with invalid parameters');
  });

  it('is not made when it shows an operation that /openapi.json does not have', async () => {
    const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path !== '/health/live'));
    await expect(collectionOf({ ...document, paths })).rejects.toThrow('GET /health/live');
  });

  it('shows the documented responses of each operation, without those that all operations have in common', () => {
    expect(operationsOf(document.paths).length).toBeGreaterThan(30);
    expect(missingResponses(document.paths)).toEqual([]);
  });

  it('is recognized as incomplete when it lacks an operation', () => {
    const responses = { 200: { description: 'OK' }, 404: { description: 'Not Found' } };
    const paths = { ...document.paths, '/lighthouses/{id}': { get: { responses }, delete: { responses } } };
    expect(missingResponses(paths)).toEqual([
      'GET /lighthouses/{id} 200',
      'GET /lighthouses/{id} 404',
      'GET /lighthouses/{id} any error',
      'DELETE /lighthouses/{id} 200',
      'DELETE /lighthouses/{id} 404',
      'DELETE /lighthouses/{id} any error',
    ]);
  });

  it('shows the errors that all operations have in common', () => {
    const shown = apiRequests.flatMap(({ statuses }) => statuses);
    expect(commonStatuses.filter((status) => !shown.includes(status))).toEqual([]);
  });

  it('uses only paths and methods that the API has, except in one folder', () => {
    const knownOperations = [...operationsOf(document.paths).map(([name]) => name), 'GET /openapi.json', 'GET /docs'];
    const preflights = knownOperations.map((name) => name.replace(/^\w+/, 'OPTIONS'));
    const unknown = apiRequests
      .filter(({ folders }) => !folders.includes(unknownPathsFolder))
      .filter((request) => ![...knownOperations, ...preflights].some((name) => callsOperation(request, name)));
    expect(unknown.map(({ name, method, path }) => `${name}: ${method} ${path}`)).toEqual([]);
  });

  it('shows only documented responses, and 304', () => {
    const undocumented = operationsOf(document.paths).flatMap(([name, { responses }]) =>
      apiRequests
        .filter((request) => callsOperation(request, name) && !request.folders.includes(unknownPathsFolder))
        .flatMap(({ statuses }) => statuses)
        .filter((status) => status !== 304 && !(status in responses))
        .map((status) => `${name} ${String(status)}`),
    );
    expect(undocumented).toEqual([]);
  });

  it('has one expected status, a description and a unique name for each request', () => {
    expect(allRequests.filter(({ statuses }) => statuses.length !== 1).map(({ name }) => name)).toEqual([]);
    expect(allRequests.filter(({ description = '' }) => description === '').map(({ name }) => name)).toEqual([]);
    const names = allRequests.map(({ folders, name }) => [...folders, name].join(', '));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has a folder for each tag', () => {
    const folders = collection.item.map(({ name }) => name);
    expect(folders).toEqual(expect.arrayContaining(document.tags?.map(({ name }) => name) ?? []));
  });

  it('calls http://localhost:3000, and declares all its variables', () => {
    expect(environment.values).toContainEqual(
      expect.objectContaining({ key: 'baseUrl', value: 'http://localhost:3000' }),
    );
    const declared = [...environment.values, ...collection.variable].map(({ key }) => key);
    const used = new Set([...source.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
    expect([...used].filter((name) => !declared.includes(name ?? ''))).toEqual([]);
  });
});
