import { createContext, use } from 'react';
import type { FieldError } from '../api/problem';

/** What the API said about the form around. */
export const FieldErrors = createContext<readonly FieldError[]>([]);

/** `categoryIds.0` is shown at `categoryIds`. */
export function belongsTo(name: string, { path }: FieldError): boolean {
  return path === name || path.startsWith(`${name}.`);
}

export function useFieldError(name: string): string | undefined {
  return use(FieldErrors).find((error) => belongsTo(name, error))?.message;
}
