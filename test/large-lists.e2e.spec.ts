import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { conditionOf, pageStatement } from '../src/pagination/page-statement.js';
import { listPostsSchema, postFilters, postsQuery } from '../src/posts/posts.query.js';
import { startApi, type Api } from './support/api.js';

/** More than are counted and sorted. */
const posts = 10_100;

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await api.dataSource.query(
    `INSERT INTO posts (title, content) SELECT 'Post ' || n, CASE WHEN n % 2 = 0 THEN 'common even' ELSE 'common' END
     FROM generate_series(1, $1::int) n`,
    [posts],
  );
});
afterAll(() => api.close());

/** The ids of each page, up to the last one or to so many. */
async function pagesOf(path: string, maxPages: number): Promise<number[][]> {
  const pages: number[][] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < maxPages;) {
    const { body, headers }: Response = await api.request.get(next).expect(200);
    pages.push((body.items as { id: number }[]).map(({ id }) => id));
    next = /<(.+)>; rel="next"/.exec(headers.link ?? '')?.[1];
  }
  return pages;
}

const numbers = (count: number, numberAt: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => numberAt(index));

describe('a search that', () => {
  it('matches more posts than are sorted has every page in order, from both ends', async () => {
    const first = await pagesOf('/posts?search=common&limit=100', 3);
    expect(first.flat()).toEqual(numbers(300, (index) => posts - index));
    const last = await pagesOf('/posts?search=common&limit=100&sort=createdAt', 3);
    expect(last.flat()).toEqual(numbers(300, (index) => 1 + index));
    const { body } = await api.request.get('/posts?search=common&limit=1&offset=9999').expect(200);
    expect([body.items[0].id, body.countIsEstimate]).toEqual([posts - 9_999, true]);
  });

  it('matches fewer has every page in order, and an exact count', async () => {
    const pages = await pagesOf('/posts?search=even&limit=100', posts);
    expect(pages.flat()).toEqual(numbers(posts / 2, (index) => posts - 2 * index));
    const { body } = await api.request.get('/posts?search=even&limit=1').expect(200);
    expect([body.count, body.countIsEstimate]).toEqual([posts / 2, undefined]);
  });
});

interface PlanNode {
  'Index Name'?: string;
  'Actual Loops': number;
  Plans?: PlanNode[];
}

const executed = (node: PlanNode): PlanNode[] =>
  node['Actual Loops'] === 0 ? [] : [node, ...(node.Plans ?? []).flatMap(executed)];

describe('PostgreSQL, told that there are many millions of posts,', () => {
  it.each([
    ['finds a rare word by the index of the search', 'search=10099', 'posts_search'],
    ['reads along the order for a common one', 'search=common', 'posts_createdAt_id_idx'],
  ])('%s', async (_, query, index) => {
    const request = listPostsSchema.parse(Object.fromEntries(new URLSearchParams(query)));
    const list = { query: postsQuery, request, filters: postFilters(request), after: undefined };
    const { sql, values } = pageStatement(list, conditionOf(list), true);
    const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`;
    const plan = await api.dataSource.transaction(async (manager) => {
      await manager.query(`UPDATE pg_class SET relpages = 1, reltuples = 1000000 WHERE relname = 'posts'`);
      const rows = await manager.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(explain, values);
      return rows[0]?.['QUERY PLAN'][0].Plan;
    });
    const used = (plan ? executed(plan) : []).map((node) => node['Index Name']);
    const ofOrder = 'posts_createdAt_id_idx';
    expect([used.includes(index), used.includes(ofOrder)]).toEqual([true, index === ofOrder]);
  });
});
