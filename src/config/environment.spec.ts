import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './configuration.error.js';
import { validateEnvironment } from './environment.js';

const secret = 'x'.repeat(32);
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://user:secret@db:5432/shop',
  JWT_SECRET: secret,
};

function mistakesOf(variables: Record<string, string>): string[] {
  try {
    validateEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
}

describe('an environment without any key', () => {
  it('is complete: development on the embedded database', () => {
    const { FRONTEND_URL, API_URL, ...others } = validateEnvironment({});
    expect(FRONTEND_URL.entries).toEqual(['http://localhost:5173']);
    expect(API_URL).toEqual(new URL('http://localhost:3000'));
    expect(others).toEqual({
      NODE_ENV: 'development',
      PORT: 3000,
      HOST: '',
      ALLOWED_HOSTS: [],
      CORS_ALLOWED_HEADERS: [],
      CORS_EXPOSED_HEADERS: [],
      DATABASE_POOL_SIZE: 10,
      READ_TIMEOUT: 2,
      PREPARED_STATEMENTS: 'on',
      DATA_DIR: './data',
      ACCESS_TOKEN_TTL: 900,
      REFRESH_TOKEN_TTL: 2_592_000,
      REFRESH_GRACE: 10,
      SESSION_TTL: 15_552_000,
      LOG_IN_ATTEMPTS: 10,
      AUTHENTICATION_REQUESTS: 100,
      PASSWORD_REQUESTS: 30,
      WRITE_QUOTA: 1_000,
      MAILS_PER_HOUR: 3,
      SESSIONS_PER_USER: 50,
      IF_MATCH: 'optional',
      MAIL_FROM: 'no-reply@localhost',
      PASSWORD_RESET_URL: new URL('http://localhost:5173/reset-password'),
      EMAIL_CONFIRMATION_URL: new URL('http://localhost:5173/confirm-email'),
      COOKIE_PREFIX: '',
      BCRYPT_COST: 12,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_SERVICE_NAME: 'cross-origin-api',
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_TRACES_SAMPLER_ARG: 1,
      LOG_LEVEL: 'log',
    });
  });

  it('is the same as one with empty keys, and with keys of others', () => {
    const origins = ['FRONTEND_URL', 'PREVIEW_ORIGINS', 'API_URL'];
    const places = ['NODE_ENV', 'PORT', 'HOST', 'DATABASE_URL', 'DATA_DIR', 'REDIS_URL', 'SMTP_URL', 'MAIL_FROM'];
    const lifetimes = ['ACCESS_TOKEN_TTL', 'REFRESH_TOKEN_TTL', 'REFRESH_GRACE', 'SESSION_TTL'];
    const limits = ['LOG_IN_ATTEMPTS', 'AUTHENTICATION_REQUESTS', 'PASSWORD_REQUESTS', 'WRITE_QUOTA', 'MAILS_PER_HOUR'];
    const others = ['SESSIONS_PER_USER', 'DATABASE_POOL_SIZE', 'BCRYPT_COST', 'ALLOWED_HOSTS', 'COMPRESSED_BODIES'];
    const further = ['PUBLIC_CACHE_TTL', 'PASSWORD_RESET_URL', 'EMAIL_CONFIRMATION_URL', 'COOKIE_PREFIX'];
    const traces = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_TRACES_SAMPLER_ARG'];
    const keys = [
      ...further,
      ...traces,
      ...origins,
      ...places,
      ...lifetimes,
      ...limits,
      ...others,
      'JWT_SECRET',
      'TRUST_PROXY',
      'LOG_LEVEL',
    ];
    const empty = Object.fromEntries(keys.map((key) => [key, '']));
    expect(validateEnvironment({ ...empty, PATH: '/bin', npm_config_port: 'x' })).toEqual(validateEnvironment({}));
  });
});

describe('a good value', () => {
  it.each([
    ['PORT', '8080', 8080],
    ['PORT', '0', 0],
    ['HOST', '::1', '::1'],
    ['HOST', '127.0.0.1', '127.0.0.1'],
    ['HOST', 'localhost', 'localhost'],
    ['DATABASE_URL', 'postgres://db/shop', 'postgres://db/shop'],
    ['DATABASE_URL', 'postgresql://u:p%40ss@[::1]:5432/shop?sslmode=require', undefined],
    ['DATABASE_URL', 'postgres:///shop?host=/var/run/postgresql', undefined],
    ['DATABASE_POOL_SIZE', '1', 1],
    ['JWT_SECRET', secret, [secret]],
    ['JWT_SECRET', `${secret}1, ${secret}2`, [`${secret}1`, `${secret}2`]],
    ['JWT_SECRET', '🔑'.repeat(8), ['🔑'.repeat(8)]],
    ['ACCESS_TOKEN_TTL', '90s', 90],
    ['ACCESS_TOKEN_TTL', '5m', 300],
    ['REFRESH_TOKEN_TTL', '12h', 43_200],
    ['REFRESH_TOKEN_TTL', '400d', 34_560_000],
    ['REFRESH_GRACE', '1s', 1],
    ['SESSION_TTL', '12h', 43_200],
    ['SESSION_TTL', '400d', 34_560_000],
    ['LOG_IN_ATTEMPTS', '1', 1],
    ['AUTHENTICATION_REQUESTS', '1000000', 1_000_000],
    ['PASSWORD_REQUESTS', '1', 1],
    ['WRITE_QUOTA', '1000000', 1_000_000],
    ['MAILS_PER_HOUR', '1', 1],
    ['SESSIONS_PER_USER', '100', 100],
    ['ALLOWED_HOSTS', 'my-laptop, api.test', ['my-laptop', 'api.test']],
    ['COMPRESSED_BODIES', 'accepted', 'accepted'],
    ['REDIS_URL', 'redis://cache', undefined],
    ['REDIS_URL', 'rediss://:p%40ss@[::1]:6380/2', undefined],
    ['SMTP_URL', 'smtp://mail:25', undefined],
    ['SMTP_URL', 'smtps://shop%40example.com:p%40ss@mail.example.com:465', undefined],
    ['MAIL_FROM', 'Shop <shop@example.com>', undefined],
    ['MAIL_FROM', 'shop@example.com', undefined],
    ['PASSWORD_RESET_URL', 'http://localhost:4200/#/new-password', new URL('http://localhost:4200/#/new-password')],
    ['COOKIE_PREFIX', 'shop-2', 'shop-2'],
    ['PUBLIC_CACHE_TTL', '1m', 60],
    ['BCRYPT_COST', '4', 4],
    ['TRUST_PROXY', '2', 2],
    ['TRUST_PROXY', '10.0.0.0/8, loopback,::1', ['10.0.0.0/8', 'loopback', '::1']],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://[::1]:4318', undefined],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://collector.example.com/otlp', undefined],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json', undefined],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=a%2Cb, Authorization=Basic abc==', undefined],
    ['OTEL_TRACES_SAMPLER', 'parentbased_traceidratio', undefined],
    ['OTEL_TRACES_SAMPLER_ARG', '0.25', 0.25],
    ['LOG_LEVEL', 'verbose', 'verbose'],
    ['NODE_ENV', 'test', 'test'],
  ])('of %s is %s', (key, value, expected) => {
    expect(validateEnvironment({ [key]: value })).toHaveProperty(key, expected ?? value);
  });

  it('of TRUST_PROXY is off, which is none', () => {
    expect(validateEnvironment({ TRUST_PROXY: 'off' }).TRUST_PROXY).toBeUndefined();
  });

  it.each([
    ['8080', 'http://localhost:8080'],
    ['80', 'http://localhost'],
    ['0', 'http://localhost'],
  ])('of PORT, %s, makes API_URL %s', (PORT, API_URL) => {
    expect(validateEnvironment({ PORT }).API_URL).toEqual(new URL(API_URL));
  });
});

describe('a bad value', () => {
  it.each([
    ['NODE_ENV', 'staging', 'one of development, test, production'],
    ['NODE_ENV', 'Production', 'one of development, test, production'],
    ['PORT', 'abc', 'for example 3000'],
    ['PORT', '65536', 'for example 3000'],
    ['PORT', '-1', 'for example 3000'],
    ['PORT', '80.5', 'for example 3000'],
    ['HOST', 'http://localhost', 'for example 127.0.0.1'],
    ['HOST', 'two words', 'for example 127.0.0.1'],
    ['FRONTEND_URL', 'http://localhost:5173/', 'FRONTEND_URL=http://localhost:5173'],
    ['FRONTEND_URL', '*', 'FRONTEND_URL'],
    ['API_URL', 'localhost:3000', 'API_URL=http'],
    ['DATABASE_URL', 'mysql://root@db/shop', 'postgres://user:password@host:5432/database'],
    ['DATABASE_URL', 'db:5432', 'postgres://user:password@host:5432/database'],
    ['DATABASE_URL', 'postgres://', 'postgres://user:password@host:5432/database'],
    ['DATABASE_URL', 'postgres://u:p@ss@db/shop', '@ as %40'],
    ['DATABASE_URL', 'postgres://u:12#34@db/shop', '# as %23'],
    ['DATABASE_URL', 'postgres://u:12/34@db/shop', '/ as %2F'],
    ['DATABASE_URL', 'postgres://u:12?34@db/shop', '? as %3F'],
    ['DATABASE_URL', 'postgres://u:100%@db/shop', '% as %25'],
    ['DATABASE_URL', 'postgres://db:99999/shop', 'postgres://user:password@host:5432/database'],
    ['DATABASE_POOL_SIZE', '0', 'for example 10'],
    ['DATABASE_POOL_SIZE', 'many', 'for example 10'],
    ['JWT_SECRET', 'x'.repeat(31), 'openssl rand -base64 48'],
    ['JWT_SECRET', `${secret},short`, 'openssl rand -base64 48'],
    ['JWT_SECRET', `${secret},`, 'openssl rand -base64 48'],
    ['JWT_SECRET', ' '.repeat(32), 'openssl rand -base64 48'],
    ['ACCESS_TOKEN_TTL', '900', 'for example 15m'],
    ['ACCESS_TOKEN_TTL', '0m', 'for example 15m'],
    ['ACCESS_TOKEN_TTL', '15 minutes', 'for example 15m'],
    ['REFRESH_TOKEN_TTL', '401d', 'for example 30d'],
    ['REFRESH_TOKEN_TTL', '999999999d', 'for example 30d'],
    ['REFRESH_TOKEN_TTL', '-1d', 'for example 30d'],
    ['REFRESH_GRACE', '0s', 'for example 10s'],
    ['REFRESH_GRACE', '10', 'for example 10s'],
    ['SESSION_TTL', '401d', 'for example 180d'],
    ['SESSION_TTL', 'forever', 'for example 180d'],
    ['LOG_IN_ATTEMPTS', '0', 'for example 10'],
    ['LOG_IN_ATTEMPTS', '2.5', 'for example 10'],
    ['AUTHENTICATION_REQUESTS', '-1', 'for example 100'],
    ['AUTHENTICATION_REQUESTS', 'unlimited', 'for example 100'],
    ['AUTHENTICATION_REQUESTS', '1000001', 'for example 100'],
    ['CORS_ALLOWED_HEADERS', 'X-One,Cookie', 'CORS_ALLOWED_HEADERS=X-One'],
    ['CORS_ALLOWED_HEADERS', '*', 'list the names'],
    ['CORS_EXPOSED_HEADERS', 'Set-Cookie', '[forbidden-header]'],
    ['PASSWORD_REQUESTS', '0', 'for example 30'],
    ['WRITE_QUOTA', 'none', 'for example 1000'],
    ['MAILS_PER_HOUR', '-1', 'for example 3'],
    ['SESSIONS_PER_USER', '101', 'for example 50'],
    ['ALLOWED_HOSTS', 'http://my-laptop', 'for example my-laptop,api.test'],
    ['ALLOWED_HOSTS', 'my-laptop:3000', 'for example my-laptop,api.test'],
    ['ALLOWED_HOSTS', '*', 'for example my-laptop,api.test'],
    ['COMPRESSED_BODIES', 'yes', '"accepted"'],
    ['REDIS_URL', 'cache:6379', 'redis://host:6379'],
    ['REDIS_URL', 'http://cache:6379', 'redis://host:6379'],
    ['REDIS_URL', 'redis://cache:99999', 'redis://host:6379'],
    ['REDIS_URL', 'redis://', 'redis://host:6379'],
    ['SMTP_URL', 'mail.example.com:587', 'smtp://user:password@host:587'],
    ['SMTP_URL', 'smtp://mail:99999', 'smtp://user:password@host:587'],
    ['SMTP_URL', 'https://mail.example.com', 'smtp://user:password@host:587'],
    ['SMTP_URL', 'smtp://shop@example.com:password@mail.example.com', 'smtp://user:password@host:587'],
    ['MAIL_FROM', 'Shop', 'Shop <shop@example.com>'],
    ['MAIL_FROM', 'shop@example.com\r\nBcc: all@example.com', 'Shop <shop@example.com>'],
    ['MAIL_FROM', 'Shop\n<shop@example.com>', 'Shop <shop@example.com>'],
    ['MAIL_FROM', 'a@example.com, b@example.com', 'Shop <shop@example.com>'],
    ['PASSWORD_RESET_URL', '/reset-password', 'for example https://app.example.com/reset-password'],
    ['PASSWORD_RESET_URL', 'javascript:alert(1)', 'for example https://app.example.com/reset-password'],
    [
      'EMAIL_CONFIRMATION_URL',
      'https://user:secret@app.example.com',
      'for example https://app.example.com/confirm-email',
    ],
    ['COOKIE_PREFIX', '__Secure-', 'for example shop'],
    ['COOKIE_PREFIX', 'my shop', 'for example shop'],
    ['COOKIE_PREFIX', 'x'.repeat(33), 'for example shop'],
    ['PUBLIC_CACHE_TTL', '0s', 'for example 30s'],
    ['BCRYPT_COST', '3', 'for example 12'],
    ['BCRYPT_COST', '31', 'for example 12'],
    ['TRUST_PROXY', 'true', 'for example 1, or 10.0.0.0/8'],
    ['TRUST_PROXY', '*', 'for example 1, or 10.0.0.0/8'],
    ['TRUST_PROXY', '0.0.0.0/0', 'for example 1, or 10.0.0.0/8'],
    ['TRUST_PROXY', '::/0', 'for example 1, or 10.0.0.0/8'],
    ['TRUST_PROXY', '10.0.0.0/33', 'for example 1, or 10.0.0.0/8'],
    ['TRUST_PROXY', '10.0.0.0/8,', 'for example 1, or 10.0.0.0/8'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318', 'http://localhost:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://localhost:4317', 'http://localhost:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://localhost:4318/?key=1', 'http://localhost:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'http/protobuf, http/json'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key', 'api-key=abc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=100%', '% as %25'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote', 'parentbased_traceidratio'],
    ['OTEL_TRACES_SAMPLER_ARG', '10', 'for example 0.1'],
    ['LOG_LEVEL', 'info', 'fatal, error, warn, log, debug, verbose'],
    ['PREVIEW_ORIGINS', 'yes', '"accepted"'],
  ])('of %s, %s, is one mistake that names a value that works', (key, value, cure) => {
    expect(mistakesOf({ [key]: value })).toEqual([expect.stringMatching(new RegExp(`^${key} `))]);
    expect(mistakesOf({ [key]: value })[0]).toContain(cure);
  });

  it('is never shown when it may be a secret', () => {
    const mistakes = mistakesOf({
      JWT_SECRET: 'hunter2',
      DATABASE_URL: 'postgres://u:hunter2@@db/x',
      REDIS_URL: 'redis://:hunter2@@cache',
      SMTP_URL: 'smtp://u:hunter2@@mail',
      PASSWORD_RESET_URL: 'https://u:hunter2@app.example.com/reset-password',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:hunter2@@collector',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
    });
    const keys = mistakes.map((mistake) => mistake.split(' ', 1)[0]);
    const traces = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS'];
    expect(keys.sort()).toEqual([
      'DATABASE_URL',
      'JWT_SECRET',
      ...traces,
      'PASSWORD_RESET_URL',
      'REDIS_URL',
      'SMTP_URL',
    ]);
    expect(mistakes.join()).not.toContain('hunter2');
  });

  it.each(['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'])('is not taken for a host and a port in %s', (key) => {
    const scheme = { DATABASE_URL: 'postgres', REDIS_URL: 'redis', SMTP_URL: 'smtp' }[key];
    for (const character of '#/?') {
      const mistakes = mistakesOf({ [key]: `${scheme}://hunter:2${character}3@server/1` });
      expect(mistakes).toHaveLength(1);
      expect(mistakes[0]).not.toContain('hunter');
    }
  });
});

describe('the pages that mails link to', () => {
  const SMTP_URL = 'smtp://mail.example.com';
  const pagesOf = (variables: Record<string, string>) => {
    const { PASSWORD_RESET_URL, EMAIL_CONFIRMATION_URL } = validateEnvironment({
      ...production,
      SMTP_URL,
      ...variables,
    });
    return [PASSWORD_RESET_URL.href, EMAIL_CONFIRMATION_URL.href];
  };
  const several = {
    FRONTEND_URL: 'https://app.example.com,https://shop.example.com',
    API_URL: 'https://api.example.com',
  };

  it('are on the one origin of FRONTEND_URL, and without it on that of API_URL', () => {
    const one = { FRONTEND_URL: 'https://*.example.com,https://app.example.com', API_URL: 'https://api.example.com' };
    expect(pagesOf(one)).toEqual(['https://app.example.com/reset-password', 'https://app.example.com/confirm-email']);
    const none = pagesOf({ API_URL: 'https://example.com/api' });
    expect(none).toEqual(['https://example.com/reset-password', 'https://example.com/confirm-email']);
  });

  it('have to be set when there are several origins, or only patterns, and a mail server', () => {
    expect(mistakesOf({ ...production, SMTP_URL, ...several })).toEqual([
      expect.stringMatching(
        /^PASSWORD_RESET_URL is missing; .* for example https:\/\/app\.example\.com\/reset-password$/,
      ),
      expect.stringMatching(/^EMAIL_CONFIRMATION_URL is missing; .* https:\/\/app\.example\.com\/confirm-email$/),
    ]);
    const pattern = { FRONTEND_URL: 'https://*.example.com', API_URL: 'https://api.example.com' };
    expect(mistakesOf({ ...production, SMTP_URL, ...pattern })).toHaveLength(2);
    expect(mistakesOf({ ...production, ...several })).toEqual([]);
    const PASSWORD_RESET_URL = 'https://app.example.com/new-password';
    const EMAIL_CONFIRMATION_URL = 'https://shop.example.com/confirm';
    const pages = pagesOf({ ...several, PASSWORD_RESET_URL, EMAIL_CONFIRMATION_URL });
    expect(pages).toEqual([PASSWORD_RESET_URL, EMAIL_CONFIRMATION_URL]);
  });

  it('are over https in production', () => {
    expect(mistakesOf({ ...production, PASSWORD_RESET_URL: 'http://app.example.com/' })).toHaveLength(1);
    expect(mistakesOf({ ...production, PASSWORD_RESET_URL: 'http://localhost:5173/' })).toEqual([]);
  });
});

describe('all mistakes', () => {
  it('are reported together, those about other origins too', () => {
    const mistakes = mistakesOf({
      PORT: 'x',
      DATABASE_URL: 'x',
      JWT_SECRET: 'x',
      ACCESS_TOKEN_TTL: 'x',
      LOG_LEVEL: 'x',
      FRONTEND_URL: 'http://localhost:5173/,HTTP://LOCALHOST',
    });
    expect(mistakes.map((mistake) => mistake.split(' ', 1)[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'JWT_SECRET',
      'ACCESS_TOKEN_TTL',
      'LOG_LEVEL',
      'FRONTEND_URL',
      'FRONTEND_URL',
    ]);
  });

  it('make one message, a line each', () => {
    expect(() => validateEnvironment({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(
      /^The configuration cannot work:\n {2}- PORT is x, .*\n {2}- LOG_LEVEL is x, .*$/,
    );
  });
});

describe('production', () => {
  it('starts with a database and a secret; CORS stays off until FRONTEND_URL is set', () => {
    expect(validateEnvironment(production).FRONTEND_URL.isEmpty).toBe(true);
  });

  it('needs both, and says how to make them', () => {
    expect(mistakesOf({ NODE_ENV: 'production' })).toEqual([
      'DATABASE_URL is missing; production needs a server: postgres://user:password@host:5432/database',
      'JWT_SECRET is missing; create one with: openssl rand -base64 48',
    ]);
  });

  it('takes empty ones for missing', () => {
    expect(mistakesOf({ ...production, DATABASE_URL: '', JWT_SECRET: '' })).toHaveLength(2);
  });

  it('refuses a bcrypt cost that is only fast', () => {
    expect(mistakesOf({ ...production, BCRYPT_COST: '9' })).toEqual([expect.stringContaining('use 10 to 16')]);
    expect(mistakesOf({ ...production, BCRYPT_COST: '10' })).toEqual([]);
  });
});
