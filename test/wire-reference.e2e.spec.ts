import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { exposedHeaders } from '../src/cross-origin/cors-headers.js';
import { allowedHeaders } from '../src/cross-origin/cors-headers.js';
import { problemTypes } from '../src/problems/problem.schema.js';
import { startApi, type Api } from './support/api.js';
import { after, codesIn, tableIn } from './support/markdown.js';
import { operationsOf } from './support/openapi.js';

const path = 'docs/reference/wire.md';
const page = readFileSync(path, 'utf8');

/** The rows of all tables below "Operations". */
const [part = ''] = after('## Operations', page).split(/^## /m);
const rows = part.split(/^### /m).flatMap((section) => tableIn(section));

let api: Api;
let operations: ReturnType<typeof operationsOf>;
beforeAll(async () => {
  api = await startApi();
  const document = (await api.request.get('/openapi.json').expect(200)).body as OpenAPIObject;
  operations = operationsOf(document.paths);
});
afterAll(() => api.close());

/** As on the page: `GET /posts/:id`. */
const written = (name: string) => name.replaceAll(/\{(\w+)\}/g, ':$1');

describe(path, () => {
  it('has every operation once, and no other', () => {
    const named = rows.flatMap(([cell = '']) => codesIn(cell));
    expect(named.sort()).toEqual(operations.map(([name]) => written(name)).sort());
  });

  it('says which operations need no session', () => {
    const open = operations.filter(([, { security }]) => security?.some((each) => Object.keys(each).length === 0));
    const said = rows.filter(([, who]) => ['anyone', 'refresh cookie', 'session, or password'].includes(who ?? ''));
    expect(said.flatMap(([cell = '']) => codesIn(cell)).sort()).toEqual(open.map(([name]) => written(name)).sort());
  });

  it('has the filters and orders of every list', () => {
    const paged = operations.flatMap(([name, { parameters = [] }]) => {
      const queries = parameters.filter((each) => 'in' in each && each.in === 'query');
      return queries.length === 0 ? [] : [[name, ...queries.map(describeParameter)].join(' ')];
    });
    const common = ['limit', 'offset', 'cursor', 'search'];
    const said = tableIn(after('\n## Lists', page)).map(([name = '', filters = '', orders = '']) =>
      [codesIn(name)[0], ...common, `sort=${codesIn(orders).join(',')}`, 'count=none', ...codesIn(filters)].join(' '),
    );
    expect(said).toEqual(paged);
  });

  it('has every problem type', () => {
    const types = tableIn(after('`type` is', page)).flatMap(([cell = '']) => codesIn(cell));
    expect(types).toEqual(Object.keys(problemTypes));
  });

  it('has the headers that pages may read and send', () => {
    const [, read = '', send = ''] = after('\n## Headers', page).split('A page may');
    expect(codesIn(read)).toEqual(exposedHeaders);
    expect(codesIn(send)).toEqual(allowedHeaders);
  });
});

function describeParameter(parameter: object): string {
  const { name, schema } = parameter as { name: string; schema: { enum?: string[] } };
  return schema.enum === undefined ? name : `${name}=${schema.enum.join(',')}`;
}
