import type { Api } from './api.js';

let counter = 0;

export const password = 'correct horse battery';

/** Somebody who has just registered and logged in, with a browser of their own. */
export async function signUp(api: Api, name = 'Ada') {
  const email = `${name.toLowerCase()}-${String((counter += 1))}@example.com`;
  const agent = api.agent();
  const { body } = await agent.post('/authentication/register').send({ email, name, password }).expect(201);
  await agent.post('/authentication/log-in').send({ email, password }).expect(200);
  return { id: (body as { id: number }).id, name, email, agent };
}
