import { z } from 'zod';
import { isStorable } from '../validation/field.schemas.js';

const maxDepth = 20;

/** A JSON object that is returned exactly as it was sent: what JSON or PostgreSQL would change is refused. */
export const propertiesSchema = z
  .custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
    error: 'must be a JSON object',
    abort: true,
  })
  .superRefine((value, context) => {
    const problem = findProblem(value, maxDepth);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ type: 'object', additionalProperties: true });

function findProblem(value: unknown, levels: number): string | undefined {
  if (typeof value === 'string')
    return isStorable(value) ? undefined : 'must not contain NUL characters or broken Unicode';
  if (typeof value === 'number')
    return isExact(value) ? undefined : 'has a number that JSON cannot carry exactly: send it as text';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `must not be nested deeper than ${maxDepth} levels`;
  if (Object.hasOwn(value, '__proto__')) return 'must not have a key named __proto__';
  return [...Object.keys(value), ...(Object.values(value) as unknown[])]
    .map((part) => findProblem(part, levels - 1))
    .find((problem) => problem !== undefined);
}

/** 1e400 was read as Infinity, and 9007199254740993 as ...992. RFC 8259, section 6. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
