import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createCategorySchema, categoryPageSchema, categorySchema } from '../src/categories/category.schema.js';
import { problemSchema } from '../src/problems/problem.schema.js';
import { RouteTable } from '../src/http/route-table.js';
import { createPostSchema, postPageSchema, postSchema } from '../src/posts/post.schema.js';
import { listPostsSchema } from '../src/posts/posts.query.js';
import { productPageSchema, productSchema } from '../src/products/product.schema.js';
import { listProductsSchema } from '../src/products/products.query.js';
import { startApi, type Api } from './support/api.js';
import { operationsOf, sentAs } from './support/openapi.js';
import { createUser } from './support/users.js';

let api: Api;
let document: OpenAPIObject;
beforeAll(async () => {
  api = await startApi();
  document = (await api.request.get('/openapi.json').expect(200)).body;
});
afterAll(() => api.close());

const operations = () => operationsOf(document.paths);

const find = (name: string) => operations().find(([key]) => key === name)?.[1];

const statusesOf = (name: string) => Object.keys(find(name)?.responses ?? {}).map(Number);

/** Every `$ref` anywhere in the document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === '$ref' ? [String(part)] : references(part)));
}

describe('/openapi.json', () => {
  it('is OpenAPI 3.1, for any client', async () => {
    const { headers } = await api.request.get('/openapi.json').expect(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: expect.any(String), license: { name: 'MIT' } });
  });

  it('has each route of the router', () => {
    const routes = api.app
      .get(RouteTable)
      .all()
      .filter(({ path }) => !/^\/(docs.*|openapi\.json)?$/.test(path))
      .flatMap(({ path, methods }) => methods.filter((method) => method !== 'HEAD').map((name) => `${name} ${path}`));
    const documented = operations().map(([name]) => name.replaceAll(/\{(\w+)\}/g, ':$1'));
    expect(documented.sort()).toEqual(routes.sort());
  });

  it('says of each operation what it does, in words, under a name of its own and a tag that is explained', () => {
    const tags = document.tags?.filter(({ description }) => description).map(({ name }) => name);
    for (const [name, { summary, description, tags: [tag] = [] }] of operations()) {
      expect([name, summary?.length]).toEqual([name, expect.any(Number)]);
      expect([name, description?.length]).toEqual([name, expect.any(Number)]);
      expect(tags).toContain(tag);
    }
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to nothing that it does not have', () => {
    const known = Object.keys(document.components?.schemas ?? {}).map((name) => `#/components/schemas/${name}`);
    const used = new Set(references(document));
    expect([...used].filter((reference) => !known.includes(reference))).toEqual([]);
    expect(known.filter((reference) => !used.has(reference))).toEqual([]);
  });

  it('never shows a password going out', () => {
    const { User, Person } = document.components?.schemas ?? {};
    expect(JSON.stringify([User, Person])).not.toMatch(/password/i);
  });

  it.each([
    ['GET /posts', [200, 400, 406, 500, 503]],
    ['GET /posts/{id}', [200, 400, 404, 406, 500, 503]],
    ['POST /posts', [201, 400, 401, 403, 406, 413, 415, 422, 500, 503]],
    ['PATCH /posts/{id}', [200, 400, 401, 403, 404, 406, 413, 415, 422, 500, 503]],
    ['PUT /posts/{id}', [200, 400, 401, 403, 404, 406, 413, 415, 422, 500, 503]],
    ['DELETE /posts/{id}', [204, 400, 401, 403, 404, 406, 500, 503]],
    ['GET /categories', [200, 400, 406, 500, 503]],
    ['POST /categories', [201, 400, 401, 403, 406, 409, 413, 415, 500, 503]],
    ['PATCH /categories/{id}', [200, 400, 401, 403, 404, 406, 409, 413, 415, 500, 503]],
    ['DELETE /categories/{id}', [204, 400, 401, 403, 404, 406, 409, 500, 503]],
    ['POST /products', [201, 400, 401, 403, 406, 409, 413, 415, 422, 500, 503]],
    ['PUT /products/{id}', [200, 400, 401, 403, 404, 406, 409, 413, 415, 422, 500, 503]],
    ['GET /health/ready', [200, 406, 500, 503]],
  ])('has every answer of %s', (name, statuses) => {
    expect(statusesOf(name)).toEqual(expect.arrayContaining(statuses));
  });

  it('has a problem document for every error, and JSON for every success that has a body', () => {
    for (const [name, { responses }] of operations())
      for (const [status, response] of Object.entries(responses)) {
        const types = Object.keys((response as { content?: object } | undefined)?.content ?? {});
        const expected = Number(status) >= 400 ? ['application/problem+json'] : ['application/json'];
        expect([name, status, types]).toEqual([name, status, status === '204' ? [] : expected]);
      }
  });

  it('names the headers that scripts follow', () => {
    const headersOf = (name: string, status: number) => {
      const response = find(name)?.responses[String(status)];
      return response !== undefined && 'headers' in response ? Object.keys(response.headers ?? {}) : [];
    };
    for (const path of ['/posts', '/categories', '/products', '/origins'])
      expect([path, ...headersOf(`POST ${path}`, 201)]).toEqual([path, 'Location']);
    for (const path of ['/posts', '/products'])
      expect([path, ...headersOf(`GET ${path}`, 200)]).toEqual([path, 'Link']);
    expect(headersOf('POST /authentication/register', 201)).toEqual([]);
  });

  it('knows that a cookie may come twice, and a body where none belongs', () => {
    for (const name of ['POST /authentication/refresh', 'POST /authentication/log-out', 'DELETE /posts/{id}'])
      expect(statusesOf(name)).toEqual(expect.arrayContaining([400, 413, 415]));
    expect(statusesOf('GET /authentication')).toContain(400);
  });

  it('asks for the session or a token wherever a route needs one', () => {
    expect(document.security).toEqual([{ session: [] }, { token: [] }]);
    expect(document.components?.securitySchemes).toMatchObject({
      session: { type: 'apiKey', in: 'cookie' },
      token: { type: 'http', scheme: 'bearer' },
    });
    expect(find('GET /posts')?.security).toEqual([{}]);
    expect(find('POST /posts')?.security).toBeUndefined();
    expect(find('DELETE /authentication')?.security).toEqual([{ session: [] }]);
  });

  it('describes bodies by the schemas that validate them', () => {
    const schema = (name: string) => document.components?.schemas?.[name] as z.core.JSONSchema.BaseSchema;
    for (const [name, zod] of [
      ['CreatePost', createPostSchema],
      ['CreateCategory', createCategorySchema],
    ] as const) {
      expect(Object.keys(schema(name).properties ?? {})).toEqual(Object.keys(zod.shape));
      expect(schema(name).additionalProperties).toBe(false);
    }
    expect(schema('CreatePost')).toMatchObject({
      properties: { title: { type: 'string', minLength: 1, maxLength: 200 }, content: { maxLength: 100_000 } },
      required: ['title', 'content'],
    });
    expect(schema('CreateProduct')).toMatchObject({ required: ['name', 'price'] });
    expect(schema('UpdateProduct').required).toBeUndefined();
  });

  it.each([
    ['GET /posts', listPostsSchema],
    ['GET /products', listProductsSchema],
  ])('describes the query of %s by the schema that validates it', (name, schema) => {
    const parameters = (find(name)?.parameters ?? []) as { name: string; in: string; schema?: object }[];
    expect(parameters.every((parameter) => parameter.in === 'query')).toBe(true);
    expect(parameters.map((parameter) => parameter.name)).toEqual(Object.keys(schema.shape));
    const limit = parameters.find((parameter) => parameter.name === 'limit');
    expect(limit).toMatchObject({ schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } });
  });
});

describe('the answers', () => {
  it('of real requests are those of the schemas, to the last key', async () => {
    const { agent } = await createUser(api);
    const { body: category } = await agent.post('/categories').send({ name: 'Tea' }).expect(201);
    const categoryIds = [category.id];
    const { body: post } = await agent.post('/posts').send({ title: 'A', content: 'B', categoryIds }).expect(201);
    const price = { amount: 1, currency: 'EUR' };
    const properties = { leaves: ['green'] };
    const tea = { name: 'Sencha', price, properties, categoryIds };
    const { body: product } = await agent.post('/products').send(tea).expect(201);
    const checks: [z.ZodObject, unknown][] = [
      [categorySchema, category],
      [postSchema, post],
      [productSchema, product],
      [categoryPageSchema, (await agent.get('/categories').expect(200)).body],
      [postPageSchema, (await agent.get('/posts').expect(200)).body],
      [productPageSchema, (await agent.get('/products').expect(200)).body],
      [problemSchema, (await agent.get('/posts/0').expect(400)).body],
      [problemSchema, (await agent.get('/posts/999').expect(404)).body],
      [problemSchema, (await agent.delete(`/categories/${String(category.id)}`).expect(409)).body],
    ];
    for (const [schema, body] of checks) expect(sentAs(schema, body)).toEqual(body);
  });
});

describe('/docs', () => {
  it('is Swagger UI, with all it needs and a policy that lets it run', async () => {
    const { text, headers } = await api.request.get('/docs').set('Accept', 'text/html').expect(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    const assets = [...text.matchAll(/(?:src|href)="(\.?\/?[^":]+\.(?:js|css))"/g)].map(([, path = '']) => path);
    expect(assets.length).toBeGreaterThan(2);
    expect(text).not.toMatch(/<script>(?!\s*<)/);
    for (const asset of assets) {
      const { pathname } = new URL(asset, `${api.url}/docs`);
      await api.request.get(pathname).set('Accept', '*/*').expect(200);
    }
  });
});
