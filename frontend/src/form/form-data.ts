/** What was typed into the field of that name; nothing typed is an empty text. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** The ids of the boxes that are ticked. */
export function idsOf(data: FormData, name: string): number[] {
  return data.getAll(name).map(Number);
}
