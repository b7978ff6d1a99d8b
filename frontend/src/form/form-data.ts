/** The text in the field of this name; empty when there is none. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** The ids of the selected checkboxes of this name. */
export function idsOf(data: FormData, name: string): number[] {
  return data.getAll(name).map(Number);
}
