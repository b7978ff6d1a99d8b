import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { startApi, type Api } from '../support/api.js';
import { operationsOf, type Paths } from '../support/openapi.js';

/** What a Collection (v2.1) holds, as far as it matters here. https://schema.postman.com */
interface Item {
  name: string;
  description?: string;
  item?: Item[];
  event?: { listen: string; script: { exec: string[] } }[];
  request?: { method: string; url: string; description?: string };
}

/** One request, the folders it is in, and the statuses its tests accept. */
interface Call {
  name: string;
  folders: string[];
  method: string;
  path: string;
  statuses: number[];
  description?: string;
}

const read = (file: string) => readFileSync(`test/postman/${file}`, 'utf8');
const source = read('cross-origin-api.postman_collection.json');
const collection = JSON.parse(source) as { item: Item[]; variable: { key: string }[] };
const environment = JSON.parse(read('localhost.postman_environment.json')) as {
  values: { key: string; value: string }[];
};

/** The folder whose requests may name what the API lacks. */
const onPurpose = 'wrong on purpose';

/** What any operation may answer, whatever it does: shown once for all of them. */
const general = [405, 406, 413, 415, 429];

function calls(items: Item[], folders: string[] = []): Call[] {
  return items.flatMap(({ name, item, event = [], request }) => {
    if (request === undefined) return calls(item ?? [], [...folders, name]);
    const { method, url, description } = request;
    const tests = event.filter(({ listen }) => listen === 'test').flatMap(({ script }) => script.exec);
    const statuses = [...tests.join('\n').matchAll(/to\.have\.status\((\d{3})\)/g)].map(([, status]) => Number(status));
    const path = url.replace('{{baseUrl}}', '').replace(/\?.*$/, '');
    return [{ name, folders, method, path, statuses, description }];
  });
}

const all = calls(collection.item);

/** Those of the API: what stands before the path is `{{baseUrl}}` or the mailbox of the runner. */
const ours = all.filter(({ path }) => path.startsWith('/'));

/** `{{postId}}`, `0` and `first` all stand where the document has `{id}`. */
function isOf(call: Call, operation: string): boolean {
  const pattern = operation.replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(`${call.method} ${call.path}`);
}

/** What the collection should show and does not, as in `DELETE /posts/{id} 404`. */
function lacking(paths: Paths): string[] {
  return operationsOf(paths).flatMap(([name, { responses, requestBody, parameters = [] }]) => {
    const takesInput = requestBody !== undefined || parameters.length > 0;
    const shown = ours.filter((call) => isOf(call, name)).flatMap(({ statuses }) => statuses);
    const documented = Object.keys(responses).map(Number);
    const particular = documented.filter((status) => status < 500 && !general.includes(status));
    const missing = particular
      .filter((status) => !shown.includes(status))
      .filter((status) => status !== 400 || takesInput); // else a cookie that comes twice, shown once for all
    const failsNowhere = documented.some(isFailure) && !shown.some(isFailure);
    return [...missing.map(String), ...(failsNowhere ? ['any failure'] : [])].map((status) => `${name} ${status}`);
  });
}

const isFailure = (status: number) => status >= 400 && status < 500;

let api: Api;
let document: OpenAPIObject;
beforeAll(async () => {
  api = await startApi();
  document = (await api.request.get('/openapi.json').expect(200)).body;
});
afterAll(() => api.close());

describe('the Postman collection', () => {
  it('shows every success and every particular failure of each operation of the OpenAPI document', () => {
    expect(operationsOf(document.paths).length).toBeGreaterThan(30);
    expect(lacking(document.paths)).toEqual([]);
  });

  it('would be told apart from one that lacks an operation', () => {
    const responses = { 200: { description: 'OK' }, 404: { description: 'Not Found' } };
    const paths = { ...document.paths, '/lighthouses/{id}': { get: { responses }, delete: { responses } } };
    expect(lacking(paths)).toEqual([
      'GET /lighthouses/{id} 200',
      'GET /lighthouses/{id} 404',
      'GET /lighthouses/{id} any failure',
      'DELETE /lighthouses/{id} 200',
      'DELETE /lighthouses/{id} 404',
      'DELETE /lighthouses/{id} any failure',
    ]);
  });

  it('shows the failures that all operations have in common', () => {
    const shown = ours.flatMap(({ statuses }) => statuses);
    expect(general.filter((status) => !shown.includes(status))).toEqual([]);
  });

  it('names nothing that the API lacks, except on purpose', () => {
    const known = [...operationsOf(document.paths).map(([name]) => name), 'GET /openapi.json', 'GET /docs'];
    const paths = known.map((name) => name.replace(/^\w+/, 'OPTIONS'));
    const unknown = ours
      .filter(({ folders }) => !folders.includes(onPurpose))
      .filter((call) => ![...known, ...paths].some((name) => isOf(call, name)));
    expect(unknown.map(({ name, method, path }) => `${name}: ${method} ${path}`)).toEqual([]);
  });

  it('shows no answer that the document does not have, beside one that did not change', () => {
    const surprises = operationsOf(document.paths).flatMap(([name, { responses }]) =>
      ours
        .filter((call) => isOf(call, name) && !call.folders.includes(onPurpose))
        .flatMap(({ statuses }) => statuses)
        .filter((status) => status !== 304 && !(status in responses))
        .map((status) => `${name} ${String(status)}`),
    );
    expect(surprises).toEqual([]);
  });

  it('asserts one status of each request, and says in words of its own what it is for', () => {
    expect(all.filter(({ statuses }) => statuses.length !== 1).map(({ name }) => name)).toEqual([]);
    expect(all.filter(({ description = '' }) => description === '').map(({ name }) => name)).toEqual([]);
    const names = all.map(({ folders, name }) => [...folders, name].join(', '));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has a folder for each tag', () => {
    const folders = collection.item.map(({ name }) => name);
    expect(folders).toEqual(expect.arrayContaining(document.tags?.map(({ name }) => name) ?? []));
  });

  it('goes to http://localhost:3000, and uses no variable that nobody declares', () => {
    expect(environment.values).toContainEqual(
      expect.objectContaining({ key: 'baseUrl', value: 'http://localhost:3000' }),
    );
    const declared = [...environment.values, ...collection.variable].map(({ key }) => key);
    const used = new Set([...source.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
    expect([...used].filter((name) => !declared.includes(name ?? ''))).toEqual([]);
  });
});
