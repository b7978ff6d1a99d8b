import Joi from 'joi';
import { isIP } from 'node:net';

/** What the environment holds once it is validated. Durations are in seconds. `.env.example` explains every key. */
export interface Environment {
  NODE_ENV: 'development' | 'test' | 'production';
  PORT: number;
  /** Empty for all interfaces. */
  HOST: string;
  FRONTEND_URL?: string;
  PREVIEW_ORIGINS?: 'accepted';
  API_URL: string;
  DATABASE_URL?: string;
  DATABASE_POOL_SIZE: number;
  DATA_DIR: string;
  JWT_SECRET?: string[];
  ACCESS_TOKEN_TTL: number;
  REFRESH_TOKEN_TTL: number;
  REFRESH_GRACE: number;
  SESSION_TTL: number;
  BCRYPT_COST: number;
  LOG_IN_ATTEMPTS: number;
  AUTHENTICATION_REQUESTS: number;
  REDIS_URL?: string;
  SMTP_URL?: string;
  MAIL_FROM: string;
  TRUST_PROXY?: number | string[];
  LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'log' | 'debug' | 'verbose';
}

const secondsIn = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Browsers keep no cookie for longer (RFC 6265bis, section 5.5). */
const longest = 400 * secondsIn.d;

const duration = (example: string) =>
  Joi.string()
    .pattern(/^[1-9]\d{0,8}[smhd]$/)
    .custom((text: string, helpers) => {
      const seconds = Number(text.slice(0, -1)) * secondsIn[text.at(-1) as keyof typeof secondsIn];
      return seconds <= longest ? seconds : helpers.error('any.invalid');
    })
    .messages({
      '*': `is {#value}, which is not a duration of up to 400d; write a number and s, m, h or d, for example ${example}`,
    });

/** Express takes hop counts and networks; trusting everything would let any client choose its own address. */
const trustProxy = Joi.string().custom((text: string, helpers) => {
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

/** Joi takes ports beyond 65535, on which clients throw, with the password in what they print. */
const address = (...scheme: string[]) =>
  Joi.string()
    .uri({ scheme })
    .custom((url: string, helpers) => (URL.canParse(url) ? url : helpers.error('any.invalid')));

const count = (usual: number) =>
  Joi.number()
    .integer()
    .min(1)
    .max(1_000_000)
    .default(usual)
    .messages({ '*': `is {#value}, which is not a number of requests; use 1 or more, for example ${String(usual)}` });

/** A secret for each purpose is derived from these, newest first. */
const secrets = Joi.string().custom((text: string, helpers) => {
  const list = text.split(',').map((secret) => secret.trim());
  return list.every((secret) => Buffer.byteLength(secret) >= 32) ? list : helpers.error('any.invalid');
});

/** Serialised as a URL is, without the port that browsers leave out; an impossible one is reported by itself. */
function localUrl({ PORT }: { PORT?: unknown }): string {
  const url = `http://localhost:${String(PORT === 0 ? '' : PORT)}`;
  return URL.canParse(url) ? new URL(url).origin : 'http://localhost';
}

const inProduction = (schema: Joi.Schema) => ({ is: 'production', then: schema.required() });

export const environmentSchema = Joi.object({
  NODE_ENV: Joi.valid('development', 'test', 'production')
    .default('development')
    .messages({ '*': 'is {#value}, which is not one of development, test, production' }),
  PORT: Joi.number()
    .integer()
    .min(0)
    .max(65_535)
    .default(3000)
    .messages({ '*': 'is {#value}, which is not a port; use a whole number from 0 to 65535, for example 3000' }),
  HOST: Joi.string()
    .hostname()
    .default('')
    .messages({ '*': 'is {#value}, which is not a host name or address; for example 127.0.0.1' }),
  FRONTEND_URL: Joi.string().when('NODE_ENV', {
    not: 'production',
    then: Joi.string().default('http://localhost:5173'),
  }),
  PREVIEW_ORIGINS: Joi.valid('accepted').messages({
    '*': 'is {#value}, which means nothing; "accepted" lets FRONTEND_URL hold patterns for preview deployments',
  }),
  API_URL: Joi.string().default(localUrl),
  DATABASE_URL: address('postgres', 'postgresql')
    .when('NODE_ENV', inProduction(Joi.string()))
    .messages({
      'any.required': 'is missing; production needs a server: postgres://user:password@host:5432/database',
      '*':
        'is not a PostgreSQL address; write postgres://user:password@host:5432/database, ' +
        'with %40 for an @ in the password, %2F for a / and so on',
    }),
  DATABASE_POOL_SIZE: Joi.number()
    .integer()
    .min(1)
    .max(1_000)
    .default(10)
    .messages({ '*': 'is {#value}, which is not a number of connections; use 1 to 1000, for example 10' }),
  DATA_DIR: Joi.string().default('./data'),
  JWT_SECRET: secrets.when('NODE_ENV', inProduction(Joi.string())).messages({
    'any.required': 'is missing; make one with: openssl rand -base64 48',
    '*': 'holds a secret shorter than 32 bytes; make one with: openssl rand -base64 48',
  }),
  ACCESS_TOKEN_TTL: duration('15m').default(900),
  REFRESH_TOKEN_TTL: duration('30d').default(2_592_000),
  REFRESH_GRACE: duration('10s').default(10),
  SESSION_TTL: duration('180d').default(15_552_000),
  LOG_IN_ATTEMPTS: count(10),
  AUTHENTICATION_REQUESTS: count(100),
  REDIS_URL: address('redis', 'rediss').messages({ '*': 'is not a Redis address; write redis://host:6379' }),
  SMTP_URL: address('smtp', 'smtps').messages({
    '*': 'is not a mail server address; write smtp://user:password@host:587',
  }),
  MAIL_FROM: Joi.string()
    .pattern(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/)
    .default('no-reply@localhost')
    .messages({ '*': 'is not a sender; write shop@example.com, or: Shop <shop@example.com>' }),
  BCRYPT_COST: Joi.number()
    .integer()
    .min(4)
    .max(16)
    .default(12)
    .when('NODE_ENV', { is: 'production', then: Joi.number().min(10) })
    .messages({
      '*': 'is {#value}, which is not a bcrypt cost; use 10 to 16 (4 and more outside production), for example 12',
    }),
  TRUST_PROXY: trustProxy.messages({
    '*': 'is {#value}, which is not a number of proxies or a list of their networks; for example 1, or 10.0.0.0/8,loopback',
  }),
  LOG_LEVEL: Joi.valid('fatal', 'error', 'warn', 'log', 'debug', 'verbose')
    .default('log')
    .messages({ '*': 'is {#value}, which is not one of fatal, error, warn, log, debug, verbose' }),
}).prefs({ errors: { wrap: { label: false } } });
