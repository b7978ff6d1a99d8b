/** The values of one statement, in the order in which their `$1`, `$2`, ... were named. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder that stands for the value */
  add(value: unknown): string {
    return `$${String(this.values.push(value))}`;
  }
}
