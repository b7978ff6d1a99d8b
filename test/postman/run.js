import newman from 'newman';
import { admin, startApi } from './api.js';
import { collectionFile, environmentFile } from './collection.js';
import { openMailbox } from './mailbox.js';

// `process.exit` runs the exit handlers, which remove the temporary files.
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
 * Runs the whole collection.
 *
 * @param {Record<string, string>} variables the variables that a developer fills in by hand
 * @returns {Promise<import('newman').NewmanRunSummary>}
 */
function run(variables) {
  const options = {
    collection: collectionFile,
    environment: environmentFile,
    envVar: Object.entries(variables).map(([key, value]) => ({ key, value })),
    timeoutRequest: 30_000,
  };
  return new Promise((resolve, reject) => {
    newman.run(options, (error, summary) => (error ? reject(error) : resolve(summary)));
  });
}

/**
 * Prints the failures and a summary.
 *
 * @param {import('newman').NewmanRunSummary} summary
 * @returns the number of failed assertions, scripts and requests, plus the number of skipped requests
 */
function report({ run, collection }) {
  const failures = run.failures.map(
    ({ source, error }) => `${nameOf(source)}: ${error.test ?? error.name}: ${error.message}`,
  );
  const sent = new Set(run.executions.map(({ item }) => item.id));
  collection.forEachItem((item) => {
    if (!sent.has(item.id)) failures.push(`${nameOf(item)}: was skipped`);
  });
  for (const failure of failures) console.error(`✗ ${failure}`);
  const { total = 0, failed = 0 } = run.stats.assertions;
  console.log(
    `Postman: ${run.executions.length} requests, ${total - failed} assertions passed, ${failures.length} failed`,
  );
  return failures.length;
}

/** With its folder, because several folders have requests with the same name. @param {any} item */
function nameOf(item) {
  return [item?.parent?.()?.name, item?.name].filter(Boolean).join(', ');
}
