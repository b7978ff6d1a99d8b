import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The profile directory of Chromium. Every browser context of a test is an incognito window, because a new one opens fast. By
 * default, only incognito windows block third-party cookies. This profile makes them treat cookies as normal windows do.
 */
export class ChromiumProfile {
  readonly path = mkdtempSync(join(tmpdir(), 'chromium-'));
  readonly args = [`--user-data-dir=${this.path}`, '--disable-features=AlwaysBlock3pcsIncognito'];

  constructor() {
    mkdirSync(join(this.path, 'Default'));
    const preferences = { profile: { cookie_controls_mode: 0 } };
    writeFileSync(join(this.path, 'Default/Preferences'), JSON.stringify(preferences));
  }

  /** Retries, because a process of Chromium may still be writing. */
  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 10 });
  }
}
