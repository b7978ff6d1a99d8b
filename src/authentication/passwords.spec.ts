import { describe, expect, it } from '@jest/globals';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { Passwords } from './passwords.js';

const passwordsOf = (cost: number) => new Passwords(new ConfigService<Environment, true>({ BCRYPT_COST: cost }));
const cheap = passwordsOf(4);

/** In milliseconds; the second of two, because the first one prepares. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  await work();
  const began = performance.now();
  await work();
  return performance.now() - began;
}

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

  it('takes about as long to refuse for nobody as for somebody', async () => {
    const passwords = passwordsOf(10);
    const hash = await passwords.hash('correct horse');
    const somebody = await timed(() => passwords.matches('wrong', hash));
    const nobody = await timed(() => passwords.matches('wrong', undefined));
    expect(nobody).toBeGreaterThan(somebody / 4);
    expect(somebody).toBeGreaterThan(nobody / 4);
  });
});
