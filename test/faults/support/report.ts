import { writeSync } from 'node:fs';

/** How often each fault happens: few in the pipeline, many by hand. */
export const rounds = Number(process.env.FAULT_ROUNDS ?? 3);

/** Prints what was done and found, past Jest, which would print a stack with it. */
export function report(text: string): void {
  writeSync(process.stderr.fd, `    ${text}\n`);
}

/** As in `201: 40, 503: 2`. */
export function describeCounts(counts: ReadonlyMap<unknown, number>): string {
  return [...counts].map(([name, count]) => `${String(name)}: ${String(count)}`).join(', ');
}
