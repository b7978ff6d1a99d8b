import { z } from 'zod';
import { isStorable } from '../http/input.schema.js';

const depth = 20;

/** Any JSON object that comes back as it was sent: what JSON or PostgreSQL would change on the way is refused. */
export const propertiesSchema = z
  .custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
    error: 'must be a JSON object',
    abort: true,
  })
  .superRefine((value, context) => {
    const complaint = complain(value, depth);
    if (complaint !== undefined) context.addIssue({ code: 'custom', message: complaint });
  })
  .meta({ type: 'object', additionalProperties: true });

function complain(value: unknown, levels: number): string | undefined {
  if (typeof value === 'string')
    return isStorable(value) ? undefined : 'must not hold NUL characters or broken Unicode';
  if (typeof value === 'number')
    return isExact(value) ? undefined : 'holds a number JSON cannot carry exactly: send it as text';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `must not be nested deeper than ${depth} levels`;
  if (Object.hasOwn(value, '__proto__')) return 'must not have a key named __proto__';
  return [...Object.keys(value), ...(Object.values(value) as unknown[])]
    .map((part) => complain(part, levels - 1))
    .find((complaint) => complaint !== undefined);
}

/** 1e400 was read as Infinity, and 9007199254740993 as ...992. RFC 8259, section 6. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
