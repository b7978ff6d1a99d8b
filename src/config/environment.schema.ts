import Joi from 'joi';
import type { MailPages } from './mail-pages.js';
import type { OriginList } from '../origin-rules/origin-list.js';
import { traceVariables, type TraceVariables } from './trace-variables.js';
import { duration, hostNames, pageUrl, requestCount, secrets, serverUrl, trustProxy } from './variable-types.js';

/** The validated environment, with parsed values. Durations are in seconds. `.env.example` explains every variable. */
export interface Environment extends Omit<EnvironmentVariables, CrossOriginKey | keyof MailPages>, MailPages {
  /** Empty when it is not set in production. */
  FRONTEND_URL: OriginList;
  API_URL: URL;
  CORS_ALLOWED_HEADERS: string[];
  CORS_EXPOSED_HEADERS: string[];
}

/** Parsed by `origin-rules/`. */
type CrossOriginKey = 'FRONTEND_URL' | 'API_URL' | 'CORS_ALLOWED_HEADERS' | 'CORS_EXPOSED_HEADERS';

/** What the schema below makes of the variables, each by itself. */
export interface EnvironmentVariables extends TraceVariables {
  NODE_ENV: 'development' | 'test' | 'production';
  PORT: number;
  /** Empty for all interfaces. */
  HOST: string;
  FRONTEND_URL?: string;
  PREVIEW_ORIGINS?: 'accepted';
  API_URL: string;
  CORS_ALLOWED_HEADERS?: string;
  CORS_EXPOSED_HEADERS?: string;
  ALLOWED_HOSTS: string[];
  DATABASE_URL?: string;
  DATABASE_POOL_SIZE: number;
  READ_TIMEOUT: number;
  PREPARED_STATEMENTS: 'on' | 'off';
  DATA_DIR: string;
  JWT_SECRET?: string[];
  ACCESS_TOKEN_TTL: number;
  REFRESH_TOKEN_TTL: number;
  REFRESH_GRACE: number;
  SESSION_TTL: number;
  BCRYPT_COST: number;
  LOG_IN_ATTEMPTS: number;
  AUTHENTICATION_REQUESTS: number;
  PASSWORD_REQUESTS: number;
  WRITE_QUOTA: number;
  MAILS_PER_HOUR: number;
  SESSIONS_PER_USER: number;
  COMPRESSED_BODIES?: 'accepted';
  IF_MATCH: 'optional' | 'required';
  /** Undefined: shared caches ask each time. */
  PUBLIC_CACHE_TTL?: number;
  REDIS_URL?: string;
  SMTP_URL?: string;
  MAIL_FROM: string;
  PASSWORD_RESET_URL?: URL;
  EMAIL_CONFIRMATION_URL?: URL;
  /** Empty: the cookies have their plain names. */
  COOKIE_PREFIX: string;
  TRUST_PROXY?: number | string[];
  METRICS_PORT?: number;
  /** Undefined: none. */
  SHUTDOWN_DELAY?: number;
  LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'log' | 'debug' | 'verbose';
}

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
  CORS_ALLOWED_HEADERS: Joi.string(),
  CORS_EXPOSED_HEADERS: Joi.string(),
  ALLOWED_HOSTS: hostNames.default([]),
  DATABASE_URL: serverUrl('postgres://user:password@host:5432/database', 'postgres', 'postgresql')
    .when('NODE_ENV', inProduction(Joi.string()))
    .messages({
      'any.required': 'is missing; production needs a server: postgres://user:password@host:5432/database',
    }),
  DATABASE_POOL_SIZE: Joi.number()
    .integer()
    .min(1)
    .max(1_000)
    .default(10)
    .messages({ '*': 'is {#value}, which is not a number of connections; use 1 to 1000, for example 10' }),
  READ_TIMEOUT: duration('2s').default(2),
  PREPARED_STATEMENTS: Joi.valid('on', 'off')
    .default('on')
    .messages({ '*': 'is {#value}, which is not one of on, off' }),
  DATA_DIR: Joi.string().default('./data'),
  JWT_SECRET: secrets.when('NODE_ENV', inProduction(Joi.string())).messages({
    'any.required': 'is missing; create one with: openssl rand -base64 48',
    '*': 'holds a secret shorter than 32 bytes; create one with: openssl rand -base64 48',
  }),
  ACCESS_TOKEN_TTL: duration('15m').default(900),
  REFRESH_TOKEN_TTL: duration('30d').default(2_592_000),
  REFRESH_GRACE: duration('10s').default(10),
  SESSION_TTL: duration('180d').default(15_552_000),
  LOG_IN_ATTEMPTS: requestCount(10),
  AUTHENTICATION_REQUESTS: requestCount(100),
  PASSWORD_REQUESTS: requestCount(30),
  WRITE_QUOTA: requestCount(1_000),
  MAILS_PER_HOUR: requestCount(3),
  SESSIONS_PER_USER: Joi.number()
    .integer()
    .min(1)
    .max(100)
    .default(50)
    .messages({ '*': 'is {#value}, which is not a number of sessions; use 1 to 100, for example 50' }),
  COMPRESSED_BODIES: Joi.valid('accepted').messages({
    '*': 'is {#value}, which means nothing; "accepted" lets clients compress bodies with gzip, deflate or br',
  }),
  IF_MATCH: Joi.valid('optional', 'required').default('optional').messages({
    '*': 'is {#value}, which is not one of optional, required',
  }),
  PUBLIC_CACHE_TTL: duration('30s'),
  REDIS_URL: serverUrl('redis://host:6379', 'redis', 'rediss'),
  SMTP_URL: serverUrl('smtp://user:password@host:587', 'smtp', 'smtps'),
  MAIL_FROM: Joi.string()
    .pattern(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/)
    .default('no-reply@localhost')
    .messages({ '*': 'is not a sender; write shop@example.com, or: Shop <shop@example.com>' }),
  PASSWORD_RESET_URL: pageUrl('https://app.example.com/reset-password'),
  EMAIL_CONFIRMATION_URL: pageUrl('https://app.example.com/confirm-email'),
  COOKIE_PREFIX: Joi.string()
    .pattern(/^[a-z\d][a-z\d-]{0,31}$/i)
    .default('')
    .messages({
      '*': 'is {#value}, which is not a prefix; use up to 32 letters, digits and hyphens, for example shop',
    }),
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
  METRICS_PORT: Joi.number()
    .integer()
    .min(1)
    .max(65_535)
    .messages({ '*': 'is {#value}, which is not a port; use a whole number from 1 to 65535, for example 9464' }),
  ...traceVariables,
  SHUTDOWN_DELAY: duration('5s').when('NODE_ENV', { is: 'production', then: Joi.string().default(5) }),
  LOG_LEVEL: Joi.valid('fatal', 'error', 'warn', 'log', 'debug', 'verbose')
    .default('log')
    .messages({ '*': 'is {#value}, which is not one of fatal, error, warn, log, debug, verbose' }),
}).prefs({ errors: { wrap: { label: false } } });
