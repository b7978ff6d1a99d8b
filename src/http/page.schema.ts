import { z } from 'zod';
import { isStorable, whole } from './input.schema.js';

/** What every list takes. `sort` lists the allowed orders, the default first; `-` means descending. */
export const pageQuery = <const Sort extends readonly [string, ...string[]], Shape extends z.core.$ZodLooseShape>(
  sort: Sort,
  filters: Shape,
) =>
  z
    .strictObject({
      limit: whole(1, 100).default(20).describe('How many items to return'),
      offset: whole(0).default(0).describe('How many items to skip; a cursor is faster and stays put under inserts'),
      cursor: z
        .string('must be given once')
        .max(2_000)
        .optional()
        .describe('Where the page before ended: taken from its Link header'),
      search: z
        .string('must be given once')
        .trim()
        .max(200, 'must not be longer than 200 characters')
        .refine(isStorable, 'must not hold NUL characters or broken Unicode')
        .optional()
        .describe('Words to look for, as in a web search: "exact phrase", -without, or'),
      sort: z
        .enum(sort, `must be one of ${sort.join(', ')}`)
        .default(sort[0] as never)
        .describe('The order; a minus is descending'),
      ...filters,
    })
    .refine(
      (query) => (query as { cursor?: string }).cursor === undefined || (query as { offset?: number }).offset === 0,
      {
        path: ['offset'],
        message: 'does not go together with cursor: use one of them',
      },
    );

/** `{ count, items }`: how many match, and this page of them. */
export const pageOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z.object({ count: z.int().min(0), items: z.array(item) }).meta({ id });

/** `next` is the cursor of the page after this one; it leaves as a Link header. */
export interface Page<Item> {
  count: number;
  items: Item[];
  next?: string;
}
