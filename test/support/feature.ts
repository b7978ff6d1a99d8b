import { afterAll } from '@jest/globals';
import { startApi, type Api } from './api.js';
import { createUser, type User } from './users.js';

/** An API for all tests of a file, with two users. It is closed after them. */
export async function startApiWithUsers(): Promise<{ api: Api; ada: User; other: User }> {
  const api = await startApi();
  afterAll(() => api.close());
  return { api, ada: await createUser(api, 'Ada'), other: await createUser(api, 'Eve') };
}

let counter = 0;

/** What a new item of each list may have. What it refers to is created. */
const bodies: Record<string, (user: User) => object | Promise<object>> = {
  posts: () => ({ title: 'Title', content: 'Content' }),
  categories: () => ({ name: `Category ${String((counter += 1))}` }),
  products: () => ({ name: 'Product', price: { amount: 100, currency: 'EUR' } }),
};

/** The lists whose items have an author or a creator, as in `posts`. */
export const lists = Object.keys(bodies);

/** The body of a request that creates an item of a list. */
export const validBody = async (user: User, list: string): Promise<Record<string, unknown>> => ({
  ...(await bodies[list]?.(user)),
});

/** Creates an item of a list. @param fields those that differ from the valid body */
export async function createItem(user: User, list: string, fields: object = {}) {
  const valid = await validBody(user, list);
  const { body } = await user.agent
    .post(`/${list}`)
    .send({ ...valid, ...fields })
    .expect(201);
  return body as { id: number } & Record<string, string | number | boolean | null>;
}

export async function createCategory(user: User, name?: string) {
  const category = await createItem(user, 'categories', name === undefined ? {} : { name });
  return { id: category.id, name: String(category.name) };
}
