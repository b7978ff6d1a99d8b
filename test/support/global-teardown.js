import { rmSync } from 'node:fs';

/** Removes the template and every database that a test left behind. */
export default function tearDown() {
  rmSync(process.env.TEST_DIRECTORY ?? '', { recursive: true, force: true });
}
