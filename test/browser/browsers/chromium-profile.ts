import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The profiles of the test are incognito ones, which are new at no cost. Here they treat cookies as ordinary windows do: by
 * default Chromium blocks third-party cookies in incognito windows alone.
 */
export class ChromiumProfile {
  readonly path = mkdtempSync(join(tmpdir(), 'chromium-'));
  readonly args = [`--user-data-dir=${this.path}`, '--disable-features=AlwaysBlock3pcsIncognito'];

  constructor() {
    mkdirSync(join(this.path, 'Default'));
    const preferences = { profile: { cookie_controls_mode: 0 } };
    writeFileSync(join(this.path, 'Default/Preferences'), JSON.stringify(preferences));
  }

  /** The last of its processes may still be writing. */
  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 10 });
  }
}
