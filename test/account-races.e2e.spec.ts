import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPerson, requestNames, sendAs, type Person } from './support/account-requests.js';
import { startApi, type Api } from './support/api.js';
import { describeOnServer } from './support/database.js';
import { Mailbox, tokenIn } from './support/smtp.js';
import { waitUntil } from './support/wait.js';

let mailbox: Mailbox;
let api: Api;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  api = await startApi({ SMTP_URL: `${mailbox.url}/?pool=true`, DATABASE_POOL_SIZE: '10', LOG_IN_ATTEMPTS: '1000' });
});
afterAll(async () => {
  await api.close();
  await mailbox.close();
});

/** Holds a row of a user, so that requests that need it wait for each other in an order that the test decides. */
async function holdUser(id: number) {
  const runner = api.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [id]);
  return {
    isWaitedForBy: async (count: number) => {
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return (await api.dataSource.query<unknown[]>(waiting)).length >= count;
    },
    release: async () => {
      await runner.rollbackTransaction();
      await runner.release();
    },
  };
}

/** Starts both while the user is held: the first one has its turn before the second. @returns their statuses */
async function inTurn(first: string, second: string, person: Person): Promise<[number, number]> {
  const held = await holdUser(person.id);
  const answers: Promise<{ status: number }>[] = [];
  try {
    for (const [index, name] of [first, second].entries()) {
      let isDone = false;
      const answer = sendAs(api, name, person).finally(() => (isDone = true));
      answers.push(answer);
      await waitUntil(async () => isDone || (await held.isWaitedForBy(index + 1)));
    }
  } finally {
    await held.release();
  }
  const [one, other] = await Promise.all(answers);
  return [one?.status ?? 0, other?.status ?? 0];
}

describeOnServer('beside the deletion of its account', () => {
  it.each(requestNames.filter((name) => name !== 'delete the account'))(
    'a request to %s is never an error of the API',
    async (name) => {
      const person = await createPerson(api, mailbox);
      const [deletion, other] = await inTurn('delete the account', name, person);
      expect(deletion).toBe(204);
      expect([name, other < 500]).toEqual([name, true]);
      if (/^(change the name|create|add)/.test(name)) expect(other).toBe(401);
      expect(await api.dataSource.query('SELECT * FROM users WHERE id = $1', [person.id])).toEqual([]);
      for (const table of ['sessions', 'mail_tokens'])
        expect(await api.dataSource.query(`SELECT * FROM ${table} WHERE "userId" = $1`, [person.id])).toEqual([]);
    },
  );
});

describe('links that are requested at the same moment', () => {
  it('leave one that works, and its use makes every other link of the account invalid', async () => {
    const { id, email, confirmation } = await createPerson(api, mailbox);
    const ask = () => api.request.post('/authentication/password-reset').send({ email }).expect(204);
    await Promise.all(Array.from({ length: 8 }, ask));
    const tokens = (await mailbox.to(email, 10)).slice(2).map(tokenIn);
    const rows = await api.dataSource.query<object[]>(
      `SELECT 1 FROM mail_tokens WHERE "userId" = $1 AND purpose = 'password-reset'`,
      [id],
    );
    expect(rows).toHaveLength(1);
    const reset = (token: string) =>
      api.request.post('/authentication/password-reset/confirmation').send({ token, password: 'staple battery horse' });
    const statuses: number[] = [];
    for (const token of [...tokens, ...tokens]) statuses.push((await reset(token)).status);
    expect(statuses.sort()).toEqual([204, ...Array<number>(15).fill(400)]);
    await api.request.post('/authentication/email-confirmation/confirmation').send({ token: confirmation }).expect(400);
  });
});
