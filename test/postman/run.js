import newman from 'newman';
import { admin, startApi } from './api.js';
import { openMailbox } from './mailbox.js';

// Killed or not, nothing is left behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const mailbox = await openMailbox();
const api = await startApi({ SMTP_URL: mailbox.smtpUrl });
const summary = await run({
  baseUrl: api.url,
  mailUrl: mailbox.url,
  adminEmail: admin.email,
  adminPassword: admin.password,
});
await api.stop();
mailbox.close();
process.exitCode = report(summary) === 0 ? 0 : 1;

/**
 * The whole collection, from top to bottom.
 *
 * @param {Record<string, string>} variables what a developer fills in by hand
 * @returns {Promise<import('newman').NewmanRunSummary>}
 */
function run(variables) {
  const options = {
    collection: 'test/postman/cross-origin-api.postman_collection.json',
    environment: 'test/postman/localhost.postman_environment.json',
    envVar: Object.entries(variables).map(([key, value]) => ({ key, value })),
    timeoutRequest: 30_000,
  };
  return new Promise((resolve, reject) => {
    newman.run(options, (error, summary) => (error ? reject(error) : resolve(summary)));
  });
}

/**
 * Prints what went wrong, and one line about all of it.
 *
 * @param {import('newman').NewmanRunSummary} summary
 * @returns how many assertions, scripts and requests failed, and how many requests were skipped
 */
function report({ run, collection }) {
  const problems = run.failures.map(
    ({ source, error }) => `${nameOf(source)}: ${error.test ?? error.name}: ${error.message}`,
  );
  const sent = new Set(run.executions.map(({ item }) => item.id));
  collection.forEachItem((item) => {
    if (!sent.has(item.id)) problems.push(`${nameOf(item)}: was skipped`);
  });
  for (const problem of problems) console.error(`✗ ${problem}`);
  const { total = 0, failed = 0 } = run.stats.assertions;
  console.log(
    `Postman: ${run.executions.length} requests, ${total - failed} assertions passed, ${problems.length} failed`,
  );
  return problems.length;
}

/** With its folder, since several folders have a request of the same name. @param {any} item */
function nameOf(item) {
  return [item?.parent?.()?.name, item?.name].filter(Boolean).join(', ');
}
