import { setTimeout as delay } from 'node:timers/promises';

/** No machine needs as long, however busy it is: what a test waits for comes soon, or never. */
const timeoutMs = 200_000;
const intervalMs = 10;

/**
 * Waits until a condition is true.
 *
 * @param found says in the error what was there instead
 * @throws Error when it never is
 */
export async function waitUntil(isTrue: () => boolean | Promise<boolean>, found = () => 'nothing'): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Waited for ${timeoutMs / 1_000} seconds; found:\n${found()}`);
    await delay(intervalMs);
  }
}

/** Holds work until a test opens it. */
export class Gate {
  readonly opened: Promise<void>;
  open: () => void = () => undefined;

  constructor() {
    this.opened = new Promise((resolve) => (this.open = resolve));
  }
}
