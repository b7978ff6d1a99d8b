import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { createPerson, requestNames, sendAs } from '../support/account-requests.js';
import { Mailbox } from '../support/smtp.js';

/** Of each pair: half of them of each kind. */
const atOnce = 50;
const maxSessions = 10;

let mailbox: Mailbox;
let api: Api;
const counts = new Map<string, number>();
let [requests, races] = [0, 0];
beforeAll(async () => {
  mailbox = await Mailbox.open();
  const SMTP_URL = `${mailbox.url}/?pool=true`;
  const limits = { LOG_IN_ATTEMPTS: '100000', SESSIONS_PER_USER: String(maxSessions), MAILS_PER_HOUR: '100000' };
  api = await startApi({ SMTP_URL, ...limits, TRUST_PROXY: '1', DATABASE_POOL_SIZE: '10' });
});
afterAll(async () => {
  const byStatus = [...counts].sort().map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(`${races} races, ${requests} requests. By status: ${byStatus.join(', ')}\n`);
  await api.close(); // fails for a response that is not as documented
  await mailbox.close();
});

const rowsOf = async (table: string, userId: number) =>
  api.dataSource.query<{ purpose?: string }[]>(
    `SELECT * FROM ${table} WHERE ${table === 'users' ? 'id' : '"userId"'} = $1`,
    [userId],
  );

async function race(first: string, second: string): Promise<void> {
  const person = await createPerson(api, mailbox);
  const sent = Array.from({ length: atOnce }, (_, index) => {
    const name = index % 2 === 0 ? first : second;
    // From many networks: none of them fills its share of the hashing queue.
    return sendAs(api, name, person, { 'X-Forwarded-For': `198.51.100.${index}` }).then((answer) => ({ name, answer }));
  });
  const answers = await Promise.all(sent);
  races += 1;
  for (const { name, answer } of answers) {
    requests += 1;
    counts.set(String(answer.status), (counts.get(String(answer.status)) ?? 0) + 1);
    const isBusy = answer.status === 503 && answer.headers['retry-after'] !== undefined;
    expect([first, second, name, answer.status, answer.status < 500 || isBusy]).toEqual([
      ...[first, second, name, answer.status, true],
    ]);
  }
  const [users, sessions, links] = [
    await rowsOf('users', person.id),
    await rowsOf('sessions', person.id),
    await rowsOf('mail_tokens', person.id),
  ];
  const succeeded = (name: string) => answers.filter((each) => each.name === name && each.answer.status < 300).length;
  expect(sessions.length).toBeLessThanOrEqual(maxSessions);
  expect(new Set(links.map(({ purpose }) => purpose)).size).toBe(links.length);
  for (const once of ['reset the password', 'confirm the address'])
    expect([once, succeeded(once) <= 1]).toEqual([once, true]);
  if (succeeded('delete the account') > 0) expect([users, sessions, links]).toEqual([[], [], []]);
}

describe.each(requestNames)('fifty requests at once to %s and', (first) => {
  const others = requestNames.slice(requestNames.indexOf(first));
  it.each(others)('to %s leave no error, and nothing half done', (second) => race(first, second));
});
