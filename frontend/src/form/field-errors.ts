import { createContext, use } from 'react';
import type { FieldError } from '../api/problem';

/** The field errors of the API for the form around a field. */
export const FieldErrors = createContext<readonly FieldError[]>([]);

/** An error at `categoryIds.0` is shown at the field `categoryIds`. */
export function isErrorOf(name: string, { path }: FieldError): boolean {
  return path === name || path.startsWith(`${name}.`);
}

export function useFieldError(name: string): string | undefined {
  return use(FieldErrors).find((error) => isErrorOf(name, error))?.message;
}
