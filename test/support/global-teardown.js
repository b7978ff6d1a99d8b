import { rmSync } from 'node:fs';

export default function tearDown() {
  rmSync(process.env.TEST_DIRECTORY ?? '', { recursive: true, force: true });
}
