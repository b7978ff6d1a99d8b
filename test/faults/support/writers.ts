import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createUser, type User } from '../../support/users.js';
import { waitUntil } from '../../support/wait.js';
import type { Cluster } from './cluster.js';

/** For a connection that was refused, and for a 503: a client waits a moment before it tries again. */
const pauseMs = 20;

/** Clients that write posts one after another, each on a connection that it keeps, and note what they were told. */
export class Writers {
  /** Statuses; `refused` for a new connection, `cut` for a request on one that had served before, `lost` for any other. */
  readonly outcomes = new Map<number | string, number>();
  /** The titles of the posts that were answered with 201. */
  readonly acknowledged: string[] = [];
  private lastAcknowledgedMs = 0;
  private longestGapMs = 0;
  private isRunning = true;
  private readonly running: Promise<void>[];

  private constructor(
    private readonly urls: readonly string[],
    users: User[],
  ) {
    this.running = users.map((user, index) => this.write(user, index));
  }

  /** @param urls of instances that share a database: the writers take turns, and try the next when one is refused */
  static async start(urls: string | readonly string[], count = 4): Promise<Writers> {
    const all = [urls].flat();
    const users: User[] = [];
    for (let left = count; left > 0; left -= 1)
      users.push(await createUser({ url: all[0] ?? '' }, `Writer${unique()}`));
    return new Writers(all, users);
  }

  /** Until so many more posts are acknowledged. @returns how long it took, in milliseconds */
  async acknowledge(count: number): Promise<number> {
    const [startedAt, before] = [performance.now(), this.acknowledged.length];
    await waitUntil(
      () => this.acknowledged.length >= before + count,
      () => JSON.stringify([...this.outcomes]),
    );
    return performance.now() - startedAt;
  }

  /** The longest time without an acknowledgement, in milliseconds. */
  get longestPauseMs(): number {
    return Math.round(this.longestGapMs);
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.running);
  }

  private async write({ session }: User, index: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let turn = index;
    while (this.isRunning) {
      const title = `Post ${unique()}`;
      const outcome = await this.post(this.urls[turn % this.urls.length] ?? '', title, session.cookie, agent);
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
      if (outcome === 201) this.note(title);
      else {
        turn += 1;
        await delay(pauseMs);
      }
    }
    agent.destroy();
  }

  private note(title: string): void {
    const now = performance.now();
    if (this.lastAcknowledgedMs > 0) this.longestGapMs = Math.max(this.longestGapMs, now - this.lastAcknowledgedMs);
    this.lastAcknowledgedMs = now;
    this.acknowledged.push(title);
  }

  private async post(url: string, title: string, cookie: string, agent: Agent): Promise<number | string> {
    const headers = { 'Content-Type': 'application/json', Cookie: cookie };
    const sent = request(`${url}/posts`, { method: 'POST', agent, headers });
    try {
      sent.end(JSON.stringify({ title, content: 'Written during a fault' }));
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      return response.statusCode ?? 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return 'refused';
      return sent.reusedSocket ? 'cut' : 'lost';
    }
  }
}

/** The titles that were acknowledged, and that the API does not list. */
export async function missingTitles({ url }: { url: string }, acknowledged: string[]): Promise<string[]> {
  const stored = new Set<string>();
  for (let path: string | undefined = '/posts?limit=100&sort=createdAt'; path !== undefined;) {
    const response = await fetch(url + path);
    const { items } = (await response.json()) as { items: { title: string }[] };
    for (const { title } of items) stored.add(title);
    path = /^<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return acknowledged.filter((title) => !stored.has(title));
}

let counter = 0;
const unique = () => `${String(process.pid)}-${String((counter += 1))}`;

/** The titles that were acknowledged, and that are not in the database. */
export async function lostTitles(cluster: Cluster, acknowledged: string[]): Promise<string[]> {
  const rows = await cluster.query<{ title: string }>('SELECT title FROM posts');
  const stored = new Set(rows.map(({ title }) => title));
  return acknowledged.filter((title) => !stored.has(title));
}
