import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { startApi, type Api } from '../support/api.js';
import { createCategory } from '../support/feature.js';
import { operationsOf, type Paths } from '../support/openapi.js';
import { createUser } from '../support/users.js';
import { Arbitraries, type Schema } from './support/arbitraries.js';
import { findFaults } from './support/answer-check.js';
import { Client } from './support/client.js';
import { requestsFor, type DescribedOperation, type GeneratedRequest } from './support/generated-requests.js';

/** `FUZZ_REQUESTS=200000 FUZZ_SEED=7 npm run test:hostile` sends more, or the same again. */
const requestCount = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
const batchSize = 500;
const concurrency = 8;

/** These need the token of a mail, or the id of one of few tokens. */
const neverSucceed = [
  'DELETE /authentication/tokens/{id}',
  'POST /authentication/password-reset/confirmation',
  'POST /authentication/email-confirmation/confirmation',
];

let api: Api;
beforeAll(async () => {
  const LOG_IN_ATTEMPTS = '1000000';
  api = await startApi({ LOG_IN_ATTEMPTS, AUTHENTICATION_REQUESTS: '1000000', PASSWORD_REQUESTS: '1000000' });
  const user = await createUser(api);
  for (let left = 5; left > 0; left -= 1) await createCategory(user);
});
afterAll(() => api.close()); // fails for a body that is not as documented

const countBy = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

const printable = ({ actor, method, path, headers, body }: GeneratedRequest) =>
  `${actor}: ${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${body?.toString().slice(0, 300) ?? ''}`;

it(`answers ${requestCount} generated requests as /openapi.json says, whoever sends them (seed ${seed})`, async () => {
  const { body: document } = await api.request.get('/openapi.json').expect(200);
  const arbitraries = new Arbitraries(document.components.schemas as Record<string, Schema>);
  const operations = new Map(operationsOf(document.paths as Paths));
  const requests = fc.oneof(
    ...[...operations].map(([name, operation]) => requestsFor(name, operation as DescribedOperation, arbitraries)),
  );
  const client = new Client(api);
  const [faults, statuses, seen] = [new Map<string, string>(), new Map<string, number>(), new Set<string>()];

  const sendOne = async (request: GeneratedRequest) => {
    const responses = operations.get(request.operation)?.responses ?? {};
    const answer = await client.send(request);
    countBy(statuses, String(answer.status));
    if (answer.status < 300) seen.add(request.operation);
    for (const fault of findFaults(request, answer, responses as never)) {
      const key = `${request.operation} ${answer.status} ${fault}`;
      if (!faults.has(key)) faults.set(key, `${key}\n    ${printable(request)}\n    ${answer.body.slice(0, 300)}`);
    }
  };

  for (let sent = 0; sent < requestCount; sent += batchSize) {
    const numRuns = Math.min(batchSize, requestCount - sent);
    const batch = fc.sample(requests, { numRuns, seed: seed + sent });
    const workers = Array.from({ length: concurrency }, async () => {
      for (let next = batch.pop(); next !== undefined; next = batch.pop()) await sendOne(next);
    });
    await Promise.all(workers);
  }
  const counts = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(`Fuzzer, seed ${seed}, ${requestCount} requests. By status: ${counts.join(', ')}\n`);
  expect([...faults.values()].join('\n')).toBe('');
  if (requestCount >= 20_000)
    expect([...operations.keys()].filter((name) => !seen.has(name) && !neverSucceed.includes(name))).toEqual([]);
  await api.request.get('/health/ready').expect(200);
});
