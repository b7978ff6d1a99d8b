const details = new Map<string, string>();

/**
 * Says beside the entity what a client is told when it violates a constraint: 409 with this detail.
 *
 * @param constraint the name of a unique index, or of a foreign key that restricts a delete
 */
export const ConflictDetail =
  (constraint: string, detail: string): ClassDecorator =>
  () => {
    details.set(constraint, detail);
  };

/** @returns undefined for a constraint that no entity describes */
export function conflictDetail(constraint: string): string | undefined {
  return details.get(constraint);
}
