import { describe, expect, it, jest } from '@jest/globals';
import { ConfigService } from '@nestjs/config';
import bcrypt from 'bcrypt';
import type { Environment } from '../config/environment.schema.js';
import { PasswordsService } from './passwords.service.js';

const passwordsOf = (cost: number) => new PasswordsService(new ConfigService<Environment, true>({ BCRYPT_COST: cost }));
const cheap = passwordsOf(4);

describe('a password', () => {
  it('matches its own hash, and nothing else does', async () => {
    const hash = await cheap.hash('correct horse');
    expect(await cheap.matches('correct horse', hash)).toBe(true);
    expect(await cheap.matches('correct horsE', hash)).toBe(false);
    expect(await cheap.matches('', hash)).toBe(false);
  });

  it('is hashed with a salt of its own', async () => {
    expect(await cheap.hash('correct horse')).not.toBe(await cheap.hash('correct horse'));
  });

  it('does not match when bytes follow that bcrypt would not read', async () => {
    const hash = await cheap.hash('x'.repeat(72));
    expect(await cheap.matches('x'.repeat(72), hash)).toBe(true);
    expect(await cheap.matches('x'.repeat(73), hash)).toBe(false);
  });

  it('never matches nobody, not even the one that stands in for nobody', async () => {
    expect(await cheap.matches('nobody has this password', undefined)).toBe(false);
  });

  /** Each round of bcrypt costs the same: 2 to the power of the cost, a comparison as much as a hash. */
  it('takes as many rounds to refuse for nobody as for somebody, whatever the cost of the stored hash', async () => {
    const hashes = await Promise.all([5, 6].map((cost) => passwordsOf(cost).hash('correct horse')));
    const passwords = passwordsOf(6);
    const hash = jest.spyOn(bcrypt, 'hash');
    const compare = jest.spyOn(bcrypt, 'compare');
    const spent: number[] = [];
    for (const stored of [...hashes, undefined]) {
      await passwords.matches('wrong', stored);
      const costs = [
        ...hash.mock.calls.map(([, cost]) => Number(cost)),
        ...compare.mock.calls.map(([, other]) => bcrypt.getRounds(other)),
      ];
      spent.push(costs.reduce((sum, cost) => sum + 2 ** cost, 0));
      hash.mockClear();
      compare.mockClear();
    }
    for (const spy of [hash, compare]) spy.mockRestore();
    expect(spent).toEqual([64, 64, 64]);
  });
});
