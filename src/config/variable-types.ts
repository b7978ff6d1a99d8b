import Joi from 'joi';
import { isIP } from 'node:net';
import { isLoopback } from 'browser-verdict';

const secondsIn = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Browsers keep no cookie for longer (RFC 6265bis, section 5.5). */
const maxDuration = 400 * secondsIn.d;

export const duration = (example: string) =>
  Joi.string()
    .pattern(/^[1-9]\d{0,8}[smhd]$/)
    .custom((text: string, helpers) => {
      const seconds = Number(text.slice(0, -1)) * secondsIn[text.at(-1) as keyof typeof secondsIn];
      return seconds <= maxDuration ? seconds : helpers.error('any.invalid');
    })
    .messages({
      '*': `is {#value}, which is not a duration of up to 400d; write a number and s, m, h or d, for example ${example}`,
    });

/** Express takes hop counts and networks; trusting everything would let any client choose its own address. */
export const trustProxy = Joi.string().custom((text: string, helpers) => {
  if (text === 'off') return undefined;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  const networks = text.split(',').map((network) => network.trim());
  return networks.every(isNetwork) ? networks : helpers.error('any.invalid');
});

function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  if (version === 0 || bits === undefined) return version !== 0;
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

/** The message never repeats the URL: it may hold a password. */
export const serverUrl = (example: string, ...schemes: string[]) =>
  Joi.string()
    .uri({ scheme: schemes })
    .custom((url: string, helpers) => (isServerUrl(url) ? url : helpers.error('any.invalid')))
    .messages({
      '*':
        `is not a URL such as ${example}. In a user name or password, write these characters percent-encoded: ` +
        '# as %23, @ as %40, / as %2F, ? as %3F, : as %3A, % as %25',
    });

/**
 * Joi accepts ports above 65535, and user:12#34@host as host "user" and port 12: clients would print pieces of the
 * password.
 */
function isServerUrl(text: string): boolean {
  const authority = text.replace(/^[a-z]+:\/\//, '');
  if (!URL.canParse(text) || /#|[/?@].*@/.test(authority)) return false;
  const { username, password } = new URL(text);
  return [username, password].every((part) => !/%(?![\da-f]{2})/i.test(part));
}

/** The token of a link is added to its query. The message never repeats the address: it may hold a password. */
export const pageUrl = (example: string) =>
  Joi.string()
    .custom((text: string, helpers) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      const { NODE_ENV } = (helpers.state.ancestors as { NODE_ENV?: string }[])[0] ?? {};
      const schemes = NODE_ENV === 'production' && url && !isLoopback(url.hostname) ? ['https:'] : ['https:', 'http:'];
      const isPage = url !== undefined && schemes.includes(url.protocol) && url.username + url.password === '';
      return isPage ? url : helpers.error('any.invalid');
    })
    .messages({
      '*': `is not the address of a page, without user and password, in production with https; for example ${example}`,
    });

export const requestCount = (defaultCount: number) =>
  Joi.number()
    .integer()
    .min(1)
    .max(1_000_000)
    .default(defaultCount)
    .messages({ '*': `is {#value}, which is not a number of requests; use 1 or more, for example ${defaultCount}` });

/** The newest first. A key for each purpose is derived from each of them. */
export const secrets = Joi.string().custom((text: string, helpers) => {
  const list = text.split(',').map((secret) => secret.trim());
  return list.every((secret) => Buffer.byteLength(secret) >= 32) ? list : helpers.error('any.invalid');
});

/** Further names of this API in development, where an unknown one is refused. */
export const hostNames = Joi.string()
  .custom((text: string, helpers) => {
    const names = text.split(',').map((name) => name.trim());
    return names.every((name) => /^[a-z\d_-]+(\.[a-z\d_-]+)*$/.test(name)) ? names : helpers.error('any.invalid');
  })
  .messages({
    '*': 'is {#value}, which is not a list of host names; for example my-laptop,api.test (lower case, no port)',
  });
