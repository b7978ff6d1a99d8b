import { afterEach } from '@jest/globals';

/**
 * Closes after each test what it has opened, the latest first.
 *
 * @returns a function that takes how to close something
 */
export function closeAfterEach(): (close: () => unknown) => void {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return (close) => void closers.push(close);
}
