import request from 'supertest';
import type { Api } from './api.js';
import { cookiesOf, tokenOf } from './cookies.js';
import { claimsOf } from './tokens.js';

export const password = 'correct horse battery';

/** A client that is logged in, and what it was given. */
export interface Session {
  id: string;
  /** The cookie of the access token, `name=value`, as a browser sends it back. */
  access: string;
  /** That of the refresh token. */
  refresh: string;
  /** Both, as the value of the header `Cookie`. */
  cookie: string;
  /** Keeps its cookies as a browser does, so it leaves out `Secure` ones over plain http. */
  agent: ReturnType<Api['agent']>;
}

/** A user with one session. */
export interface User {
  id: number;
  name: string;
  email: string;
  session: Session;
  /** That of the session. */
  agent: Session['agent'];
}

let counter = 0;

/** Registers a new user, and logs in. @param api in this process or in one of its own */
export async function createUser(api: Pick<Api, 'url'>, name = 'Ada'): Promise<User> {
  const email = `${name.toLowerCase()}-${String((counter += 1))}@example.com`;
  const { body } = await request(api.url).post('/authentication/register').send({ email, name, password }).expect(201);
  const session = await logIn(api, email);
  return { id: (body as { id: number }).id, name, email, session, agent: session.agent };
}

export async function createAdmin(api: Pick<Api, 'url' | 'dataSource'>, name = 'Root'): Promise<User> {
  const user = await createUser(api, name);
  await makeAdmin(api, user);
  return user;
}

export async function makeAdmin({ dataSource }: Pick<Api, 'dataSource'>, { id }: Pick<User, 'id'>): Promise<void> {
  await dataSource.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [id]);
}

interface LogIn {
  password?: string;
  /** Of the browser, for example its user agent. */
  headers?: Record<string, string>;
}

/** Creates one more session of a user. */
export async function logIn({ url }: Pick<Api, 'url'>, email: string, options: LogIn = {}): Promise<Session> {
  const { headers = {} } = options;
  const agent = request.agent(url);
  const body = { email, password: options.password ?? password };
  const { access, refresh } = cookiesOf(await agent.post('/authentication/log-in').set(headers).send(body).expect(200));
  return { id: String(claimsOf(tokenOf(access)).sid), access, refresh, cookie: `${access}; ${refresh}`, agent };
}
