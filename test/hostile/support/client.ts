import { createAdmin, createUser, type User } from '../../support/users.js';
import type { Api } from '../../support/api.js';
import { send, type Answer } from '../../cross-origin/support/wire.js';
import type { Actor, GeneratedRequest } from './generated-requests.js';

let counter = 0;

/** Sends generated requests as a visitor, a user and an admin; the latter two begin anew when their session has ended. */
export class Client {
  private readonly users = new Map<Actor, Promise<User>>();

  constructor(private readonly api: Api) {}

  async send({ actor, method, path, headers, body }: GeneratedRequest): Promise<Answer> {
    const user = actor === 'visitor' ? undefined : await this.userOf(actor);
    const cookie = [user?.session.cookie, headers.Cookie].filter((each) => each !== undefined).join('; ');
    const answer = await send(this.api, {
      method,
      path: fill(path, user),
      headers: { Host: 'localhost', ...headers, ...(cookie !== '' && { Cookie: cookie }) },
      ...(body !== undefined && { body: Buffer.from(fill(body.toString('latin1'), user, 'latin1'), 'latin1') }),
    });
    const hasEnded =
      answer.status === 401 || (method !== 'GET' && /log-out|refresh/.test(path)) || endsAccount(method, path, answer);
    if (user !== undefined && hasEnded) this.users.delete(actor);
    return answer;
  }

  private userOf(actor: Actor): Promise<User> {
    const known = this.users.get(actor);
    if (known !== undefined) return known;
    const user = actor === 'admin' ? createAdmin(this.api) : createUser(this.api);
    this.users.set(actor, user);
    return user;
  }
}

/** Also with a new password or address: other requests have the former ones. */
function endsAccount(method: string, path: string, { status }: Answer): boolean {
  return (
    status < 300 && (method === 'DELETE' || method === 'PATCH') && /^\/authentication(\/password)?(\?|$)/.test(path)
  );
}

/** Puts in what the generator could not know. */
function fill(text: string, user: User | undefined, encoding: BufferEncoding = 'utf8'): string {
  counter += 1;
  const values: Record<string, string> = {
    id: String((counter % 40) + 1),
    session: user?.session.id ?? '00000000-0000-4000-8000-000000000000',
    email: user?.email ?? 'nobody@example.com',
    origin: `http://localhost:${10_000 + (counter % 50_000)}`,
    new: `new-${counter}`,
  };
  const [open, close] = ['«', '»'].map((mark) => Buffer.from(mark).toString(encoding));
  return Object.entries(values).reduce(
    (filled, [name, value]) => filled.replaceAll(`${open}${name}${close}`, value),
    text,
  );
}
