import { BadRequestException, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Secrets } from '../config/secrets.js';

/** Where a page ended: the sort value and the id of its last item, in one order of one list. */
export interface Position {
  /** The list and its order, as in `posts?sort=-createdAt`. */
  list: string;
  value: string;
  id: number;
}

/** Cursors are signed, so one that was changed on the way, or made up, is refused instead of showing a random page. */
@Injectable()
export class Cursors {
  constructor(private readonly secrets: Secrets) {}

  encode({ list, value, id }: Position): string {
    const content = Buffer.from(JSON.stringify([value, id]));
    return Buffer.concat([this.sign(list, content, this.secrets.all[0]), content]).toString('base64url');
  }

  /** @throws BadRequestException when the cursor is not one of this list in this order */
  decode(list: string, cursor: string): Position {
    const bytes = Buffer.from(cursor, 'base64url');
    const [signature, content] = [bytes.subarray(0, 16), bytes.subarray(16)];
    const genuine = this.secrets.all.some((secret) => same(signature, this.sign(list, content, secret)));
    if (!genuine || bytes.toString('base64url') !== cursor) throw refuse();
    const [value, id] = JSON.parse(content.toString()) as [string, number];
    return { list, value, id };
  }

  private sign(list: string, content: Buffer, secret: string): Buffer {
    const key = this.secrets.derive('cursor', secret);
    return createHmac('sha256', key).update(`${list}\0`).update(content).digest().subarray(0, 16);
  }
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(): BadRequestException {
  const message =
    'is not a cursor of this list in this order: take it from the Link header, or leave it out to start over';
  return new BadRequestException({
    message: `cursor ${message}.`,
    type: 'urn:problem:invalid-input',
    errors: [{ path: 'cursor', message }],
  });
}
