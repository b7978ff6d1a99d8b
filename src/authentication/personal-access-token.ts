import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Tells scanners for leaked secrets what this is, as the prefixes of GitHub do. */
export const tokenPrefix = 'coapi_';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 256 bits, and 32 bits, in base 62. */
const [secretLength, checksumLength] = [43, 6];

const pattern = new RegExp(`^${tokenPrefix}([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`);

/** `coapi_`, 43 random characters, and their CRC-32 in 6: a typing mistake costs no query, and scanners find no false ones. */
export function newPersonalAccessToken(): string {
  const secret = toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), secretLength);
  return tokenPrefix + secret + checksumOf(secret);
}

/** Whether a text has the form of a token, and the checksum of its characters. */
export function isPersonalAccessToken(text: string): boolean {
  const [, secret, checksum] = pattern.exec(text) ?? [];
  return secret !== undefined && checksum === checksumOf(secret);
}

/** 256 random bits need neither a salt nor a slow hash. */
export function hashPersonalAccessToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function checksumOf(secret: string): string {
  return toBase62(BigInt(crc32(secret)), checksumLength);
}

function toBase62(value: bigint, length: number): string {
  let [text, rest] = ['', value];
  for (; rest > 0n; rest /= 62n) text = (alphabet[Number(rest % 62n)] ?? '') + text;
  return text.padStart(length, '0');
}
