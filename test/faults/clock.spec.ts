import { describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cookiesOf } from '../support/cookies.js';
import { ApiProcess, killAll } from '../support/process.js';
import { createUser, logIn, password } from '../support/users.js';
import { startInstance } from './support/api.js';
import { closeAfterEach } from './support/close-after-each.js';
import { report } from './support/report.js';

const closeLater = closeAfterEach();

async function start(given: Record<string, string>): Promise<ApiProcess> {
  const api = await startInstance(given);
  closeLater(() => killAll([api]));
  return api;
}

describe('a clock that jumps', () => {
  /** The API with the embedded database, whose clocks both follow the file; the monotonic one is as it is. */
  async function startWithClock() {
    const directory = mkdtempSync(join(tmpdir(), 'faults-'));
    closeLater(() => rmSync(directory, { recursive: true, force: true }));
    const file = join(directory, 'clock');
    const set = (offset: string) => writeFileSync(file, `${offset}\n`);
    set('+0');
    const api = await start({
      DATA_DIR: join(directory, 'data'),
      LOG_IN_ATTEMPTS: '3',
      LD_PRELOAD: faketimeLibrary(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    });
    return { api, set };
  }

  const call = async ({ url }: ApiProcess, method: string, path: string, cookie: string) =>
    fetch(`${url}/authentication${path}`, { method, headers: { Cookie: cookie } });

  it.each(['+1d', '-1d', '+1h', '-1h'])('by %s ends no session', async (offset) => {
    const { api, set } = await startWithClock();
    const { session } = await createUser(api);
    let { refresh } = session;
    for (const jump of [offset, '+0', offset]) {
      set(jump);
      const response = await call(api, 'POST', '/refresh', refresh);
      expect([jump, response.status]).toEqual([jump, 204]);
      const next = cookiesOf({ headers: { 'set-cookie': response.headers.getSetCookie() } });
      refresh = next.refresh;
      expect((await call(api, 'GET', '', next.access)).status).toBe(200);
    }
    report(`Clock of the API and its database ${offset}, back, and again: no session ended`);
  });

  it.each(['+1d', '-1d'])('by %s neither lifts the limit of log-in attempts nor makes it longer', async (offset) => {
    const { api, set } = await startWithClock();
    const { email } = await createUser(api);
    const attempt = (secret: string) =>
      fetch(`${api.url}/authentication/log-in`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email, password: secret }),
      });
    for (let left = 3; left > 0; left -= 1) await attempt('not the password');
    expect((await attempt(password)).status).toBe(429);
    set(offset);
    const refused = await attempt(password);
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    report(`Clock ${offset} during a limit: Retry-After ${String(seconds)} s`);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(15 * 60);
    await logIn(api, (await createUser(api)).email); // others are as free as before
  });
});

/** Debian: apt-get install -y libfaketime */
function faketimeLibrary(): string {
  const paths = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`);
  const found = paths.find(existsSync);
  if (found === undefined) throw new Error('libfaketime is not installed: apt-get install -y libfaketime');
  return found;
}
