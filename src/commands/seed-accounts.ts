import type { INestApplicationContext } from '@nestjs/common';
import { AccountsService } from '../accounts/accounts.service.js';
import { logSecurityEvent } from '../logging/security-log.js';
import { PasswordsService } from '../passwords/passwords.service.js';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import { admin, password, people } from './seed-data/users.js';

export interface SeedAccount {
  /** As in the demo data: an account that somebody else registered may write it in other case. */
  email: string;
  user: User;
  isNew: boolean;
  hasDemoPassword: boolean;
}

export async function seedAccounts(app: INestApplicationContext): Promise<SeedAccount[]> {
  const accounts: SeedAccount[] = [];
  for (const person of people) accounts.push(await seedAccount(app, person));
  return [...accounts, await promote(app, await seedAccount(app, admin))];
}

/** The log-in, unless no account has the password of the demo. */
export function describeLogIn(accounts: SeedAccount[]): string[] {
  const names = accounts
    .filter(({ hasDemoPassword }) => hasDemoPassword)
    .map(({ email, user }) => (user.role === 'admin' ? `${email} (admin)` : email));
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return names.length === 0 ? [] : [`Log in as ${list} with the password ${password}`];
}

/** The accounts that somebody registered before, or whose password was changed. */
export function describeOwnPasswords(accounts: SeedAccount[]): string[] {
  return accounts
    .filter(({ hasDemoPassword }) => !hasDemoPassword)
    .map(({ email }) => `${email} exists with another password. It keeps its password and its role.`);
}

async function seedAccount(
  app: INestApplicationContext,
  { email, name }: { email: string; name: string },
): Promise<SeedAccount> {
  const known = await app.get(UsersService).findWithPassword(email);
  if (known === null) {
    const user = await app.get(AccountsService).create({ email, name, password });
    return { email, user, isNew: true, hasDemoPassword: true };
  }
  const hasDemoPassword = await app.get(PasswordsService).matches(password, known.passwordHash);
  return { email, user: known, isNew: false, hasDemoPassword };
}

/** Also an account that a run created before it was killed, but never the account of somebody else. */
async function promote(app: INestApplicationContext, account: SeedAccount): Promise<SeedAccount> {
  if (account.user.role === 'admin' || !account.hasDemoPassword) return account;
  const user = await app.get(UsersService).changeRole(account.email, 'admin');
  logSecurityEvent('role-changed', { userId: account.user.id });
  return { ...account, user: user ?? account.user };
}
