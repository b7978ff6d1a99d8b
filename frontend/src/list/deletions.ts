import { useSyncExternalStore } from 'react';

/** An item that the user has deleted. It is sent to the API a moment later: until then, the user can undo it. */
export interface Deletion {
  /** The address of the item. */
  path: string;
  name: string;
  send: () => Promise<unknown>;
  /** Too late to undo it. */
  isSent?: boolean;
  /** Why the API has not deleted it. */
  error?: Error;
}

const undoMs = 30_000;

let deletions: readonly Deletion[] = [];
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

/** Sends the deletion in half a minute, or when the page is left. */
export function deleteLater(deletion: Deletion): void {
  update([...without(deletion.path), deletion]);
  timers.set(
    deletion.path,
    setTimeout(() => void deleteNow(deletion), undoMs),
  );
}

/** Also used to try again. */
export async function deleteNow({ path, name, send }: Deletion): Promise<void> {
  stopTimer(path);
  update(deletions.map((other) => (other.path === path ? { path, name, send, isSent: true } : other)));
  try {
    await send();
    update(without(path));
  } catch (error) {
    update(deletions.map((other) => (other.path === path ? { ...other, error: error as Error } : other)));
  }
}

export function undo({ path }: Deletion): void {
  stopTimer(path);
  update(without(path));
}

export function useDeletions(): readonly Deletion[] {
  return useSyncExternalStore(subscribe, () => deletions);
}

/** A function that says whether the item at this path is deleted, for this user at least. */
export function useIsDeleted(): (path: string) => boolean {
  const current = useDeletions();
  return (path) => current.some((deletion) => deletion.path === path && deletion.error === undefined);
}

addEventListener('pagehide', () => {
  for (const deletion of deletions) if (timers.has(deletion.path)) void deleteNow(deletion);
});

const without = (path: string) => deletions.filter((deletion) => deletion.path !== path);

function stopTimer(path: string): void {
  clearTimeout(timers.get(path));
  timers.delete(path);
}

function update(next: readonly Deletion[]): void {
  deletions = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
