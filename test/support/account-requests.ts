import type { Test } from 'supertest';
import type { Api } from './api.js';
import { tokenIn, type Mailbox } from './smtp.js';
import { createAdmin, password, type User } from './users.js';

const newPassword = 'staple battery horse';

/** An admin with two links that work. */
export interface Person extends User {
  /** Of the link that resets the password. */
  token: string;
  /** Of the link that confirms the address. */
  confirmation: string;
}

export async function createPerson(api: Api, mailbox: Mailbox): Promise<Person> {
  const user = await createAdmin(api, 'Ada');
  await api.request.post('/authentication/password-reset').send({ email: user.email }).expect(204);
  const [confirmation, reset] = (await mailbox.to(user.email, 2)).map(tokenIn);
  return { ...user, token: reset ?? '', confirmation: confirmation ?? '' };
}

type AccountRequest = (person: Person, api: Api) => Test;

/** Everything that writes rows of an account, or rows that refer to it. */
const requests: Record<string, AccountRequest> = {
  'log in': ({ email }, api) => api.request.post('/authentication/log-in').send({ email, password }),
  refresh: ({ session }, api) => api.request.post('/authentication/refresh').set('Cookie', session.cookie),
  'log out': ({ session }, api) => api.request.post('/authentication/log-out').set('Cookie', session.cookie),
  'end the session': ({ session }, api) => as(api, session).delete(`/authentication/sessions/${session.id}`),
  'end the other sessions': ({ session }, api) => as(api, session).delete('/authentication/sessions'),
  'change the name': ({ session }, api) => as(api, session).patch('/authentication').send({ name: 'New' }),
  'change the address': ({ session, email }, api) =>
    as(api, session)
      .patch('/authentication')
      .send({ email: `new-${email}`, password }),
  'change the password': ({ session }, api) =>
    as(api, session).patch('/authentication/password').send({ currentPassword: password, newPassword }),
  'delete the account': ({ session }, api) => as(api, session).delete('/authentication').send({ password }),
  'request a reset': ({ email }, api) => api.request.post('/authentication/password-reset').send({ email }),
  'reset the password': ({ token }, api) =>
    api.request.post('/authentication/password-reset/confirmation').send({ token, password: newPassword }),
  'request a confirmation': ({ session }, api) => as(api, session).post('/authentication/email-confirmation'),
  'confirm the address': ({ confirmation }, api) =>
    api.request.post('/authentication/email-confirmation/confirmation').send({ token: confirmation }),
  'create a post': ({ session }, api) => as(api, session).post('/posts').send({ title: 'Mine', content: 'Mine' }),
  'create a category': ({ session, id }, api) =>
    as(api, session)
      .post('/categories')
      .send({ name: `Of ${id}` }),
  'create a product': ({ session }, api) =>
    as(api, session)
      .post('/products')
      .send({ name: 'Mine', price: { amount: 1, currency: 'EUR' } }),
  'add an origin': ({ session, id }, api) =>
    as(api, session)
      .post('/origins')
      .send({ origin: `http://localhost:${30_000 + id}` }),
};

export const requestNames = Object.keys(requests);

/** With the cookies that the session began with: an agent would take over what the responses set. */
function as({ request }: Api, { cookie }: User['session']) {
  const send = (method: 'post' | 'patch' | 'delete') => (path: string) => request[method](path).set('Cookie', cookie);
  return { post: send('post'), patch: send('patch'), delete: send('delete') };
}

/** Sends one of the requests at once: those of superagent are sent when somebody waits for them. */
export function sendAs(api: Api, name: string, person: Person, headers: Record<string, string> = {}) {
  const request = requests[name];
  if (request === undefined) throw new Error(`There is no request to ${name}`);
  return Promise.resolve(request(person, api).set(headers));
}
