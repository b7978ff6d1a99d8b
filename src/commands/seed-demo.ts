import type { INestApplicationContext } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { ConfigurationError } from '../config/configuration.error.js';
import type { Environment } from '../config/environment.schema.js';
import { describeLogIn, describeOwnPasswords, seedAccounts } from './seed-accounts.js';
import { seedCategories, seedPosts, seedProducts } from './seed-contents.js';

/**
 * Creates what is missing of the demo data, and prints what it did. Through the same schemas and services as a request, so
 * that the demo obeys the same rules. A run that was ended half-way is continued.
 *
 * @throws ConfigurationError in production
 */
export async function seedDemo(app: INestApplicationContext): Promise<void> {
  assertNotInProduction(app.get<ConfigService<Environment, true>>(ConfigService));
  const accounts = await seedAccounts(app);
  const created = {
    users: accounts.filter(({ isNew }) => isNew).length,
    categories: await seedCategories(app, accounts),
    posts: await seedPosts(app, accounts),
    products: await seedProducts(app, accounts),
  };
  const counts = Object.entries(created).map(([kind, count]) => `${count} ${kind}`);
  const isUnchanged = Object.values(created).every((count) => count === 0);
  const lines = isUnchanged
    ? ['The demo data exists already; nothing was created.', ...describeOwnPasswords(accounts)]
    : [`Created ${counts.join(', ')}.`, ...describeOwnPasswords(accounts), ...describeLogIn(accounts)];
  console.log(lines.join('\n'));
}

function assertNotInProduction(config: ConfigService<Environment, true>): void {
  if (config.get('NODE_ENV', { infer: true }) === 'production')
    throw new ConfigurationError([
      'NODE_ENV is production, and the demo data has accounts with a known password, one of them an admin',
    ]);
}
