/** The values of one SQL statement, in the order of their placeholders `$1`, `$2`, ... */
export class SqlParameters {
  readonly values: unknown[];

  /** @param values of placeholders that the statement has already */
  constructor(values: readonly unknown[] = []) {
    this.values = [...values];
  }

  /** @returns the placeholder of the value */
  add(value: unknown): string {
    return `$${String(this.values.push(value))}`;
  }
}
