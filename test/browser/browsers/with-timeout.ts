/** The browser, or the program that controls it, has not answered. */
export class BrowserTimeoutError extends Error {
  override name = 'BrowserTimeoutError';
}

/** @throws BrowserTimeoutError when the promise is still pending after this time */
export async function withTimeout<Result>(promise: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrowserTimeoutError(`It took longer than ${String(timeoutMs)} ms`)), timeoutMs);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
