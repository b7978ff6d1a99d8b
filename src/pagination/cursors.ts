import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Secrets } from '../config/secrets.js';
import type { MatchCount } from './match-counter.js';
import { invalidInput } from '../validation/schema-validation.pipe.js';

/** Where a page ended: the sort value and the id of its last item, in one order of one list. */
export interface Position {
  /** The list and its order, as in `posts?sort=-createdAt`. */
  list: string;
  value: string;
  id: number;
  counted?: Counted;
}

/** How many items matched on the pages before, and a digest of the condition for which they were counted. */
export interface Counted {
  digest: string;
  matches: MatchCount;
}

/** Cursors are signed: one that was altered or invented is refused instead of showing a random page. */
@Injectable()
export class Cursors {
  constructor(private readonly secrets: Secrets) {}

  encode({ list, value, id, counted }: Position): string {
    const content = Buffer.from(JSON.stringify([value, id, counted]));
    return Buffer.concat([this.sign(list, content, this.secrets.all[0]), content]).toString('base64url');
  }

  /** @throws ProblemException 400 when the cursor does not belong to this list in this order */
  decode(list: string, cursor: string): Position {
    const bytes = Buffer.from(cursor, 'base64url');
    const [signature, content] = [bytes.subarray(0, 16), bytes.subarray(16)];
    const isGenuine = this.secrets.all.some((secret) => isEqual(signature, this.sign(list, content, secret)));
    if (!isGenuine || bytes.toString('base64url') !== cursor)
      throw invalidInput([{ path: 'cursor', message: invalid }]);
    const [value, id, counted] = JSON.parse(content.toString()) as [string, number, (Counted | null)?];
    return { list, value, id, ...(counted && { counted }) };
  }

  private sign(list: string, content: Buffer, secret: string): Buffer {
    const key = this.secrets.derive('cursor', secret);
    return createHmac('sha256', key).update(`${list}\0`).update(content).digest().subarray(0, 16);
  }
}

const invalid =
  'is not a cursor of this list in this order: take it from the Link header, or leave it out to start over';

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
