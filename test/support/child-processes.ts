import { readdirSync, readFileSync } from 'node:fs';

/** The process ids of the direct children, by their parent: the fourth field of `/proc/PID/stat` (proc(5)). */
export function childrenOf(pid: number): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => parentOf(id) === pid).map(Number);
}

function parentOf(id: string): number {
  try {
    return Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1]);
  } catch {
    return 0; // it has ended
  }
}
