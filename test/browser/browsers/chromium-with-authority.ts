import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { ChromiumProfile } from './chromium-profile.js';

/**
 * Chromium that trusts this authority beside the public ones, and checks certificates as for a user. Its proxy is that of each
 * context.
 * @param authority a certificate in PEM
 */
export async function launchChromiumWithAuthority(authority: string) {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const profile = new ChromiumProfile();
  trust(home, authority);
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    env: { ...process.env, HOME: home },
    // A page over plain http stays one: its name is not asked for over https first.
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...profile.args.map(withoutUpgrades)],
  });
  return { browser, close: () => close(browser, profile, home) };
}

const withoutUpgrades = (argument: string) => argument.replace(/^--disable-features=/, '$&HttpsUpgrades,');

/** Chromium on Linux reads the authorities of a user from there. */
function trust(home: string, authority: string): void {
  const database = join(home, '.pki/nssdb');
  mkdirSync(database, { recursive: true });
  writeFileSync(join(home, 'authority.pem'), authority);
  const certutil = (...args: string[]) => execFileSync('certutil', [...args, '-d', `sql:${database}`]);
  certutil('-N', '--empty-password');
  certutil('-A', '-n', 'Authority of a test', '-t', 'C,,', '-i', join(home, 'authority.pem'));
}

async function close(browser: Browser, profile: ChromiumProfile, home: string): Promise<void> {
  await browser.close();
  await profile.remove();
  await rm(home, { recursive: true, force: true, maxRetries: 10 });
}
