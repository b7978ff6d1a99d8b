import type { RequestHandler } from 'express';
import { express, type Deployment } from './deployment.js';
import { page } from './express.js';
import { reads, writes } from './uses.js';

const auth: RequestHandler = (request, response, next) => {
  if (request.method === 'OPTIONS') response.status(401).end();
  else next();
};

export const corsMistakes: Deployment[] = [
  {
    name: 'cors() without options',
    finds: 'WildcardOriginNotAllowed',
    use: reads,
    start: express({ cors: { origin: '*' } }),
  },
  {
    name: 'a slash at the end',
    finds: 'AllowOriginMismatch',
    use: reads,
    hint: /slash/,
    start: express({ cors: { origin: `${page}/` } }),
  },
  {
    name: 'a comma list',
    finds: 'MultipleAllowOriginValues',
    use: reads,
    hint: /list/,
    start: express({ cors: { origin: `${page},https://b.example.com` } }),
  },
  {
    name: 'a variable without a value',
    finds: 'MissingAllowOriginHeader',
    use: reads,
    start: express({ cors: { origin: '' } }),
  },
  {
    name: 'http instead of https',
    finds: 'AllowOriginMismatch',
    use: reads,
    hint: /scheme/,
    start: express({ cors: { origin: 'http://app.example.com' } }),
  },
  {
    name: 'another port',
    finds: 'AllowOriginMismatch',
    use: reads,
    hint: /port/,
    start: express({ cors: { origin: `${page}:8443` } }),
  },
  {
    name: 'a host without its scheme',
    finds: 'InvalidAllowOriginValue',
    use: reads,
    hint: /scheme is missing/,
    start: express({ cors: { origin: 'app.example.com' } }),
  },
  {
    name: 'a callback that fails',
    finds: 'MissingAllowOriginHeader',
    use: reads,
    hint: /failed/,
    start: express({ cors: { origin: (_, done) => done(new Error('not allowed')) } }),
  },
  {
    name: 'no credentials',
    finds: 'InvalidAllowCredentials',
    use: reads,
    start: express({ cors: { credentials: false } }),
  },
  {
    name: 'no CORS at all',
    finds: 'PreflightMissingAllowOriginHeader',
    use: writes,
    hint: /No route answers OPTIONS/,
    start: express({
      cors: false,
      before: [(request, response, next) => (request.method === 'OPTIONS' ? void response.status(405).end() : next())],
    }),
  },
  {
    name: 'log-in before CORS',
    finds: 'PreflightMissingAllowOriginHeader',
    use: writes,
    hint: /log-in/,
    start: express({ before: [auth] }),
  },
  {
    name: 'PATCH forgotten',
    finds: 'MethodDisallowedByPreflightResponse',
    use: writes,
    options: { methods: ['PATCH'] },
    start: express({ cors: { methods: ['GET', 'POST'] } }),
  },
  {
    name: 'Content-Type forgotten',
    finds: 'HeaderDisallowedByPreflightResponse',
    use: writes,
    start: express({ cors: { allowedHeaders: ['Authorization'] } }),
  },
  {
    name: 'a header list with spaces',
    finds: 'InvalidAllowHeadersPreflightResponse',
    use: writes,
    start: express({ cors: { allowedHeaders: 'Content-Type Authorization' } }),
  },
  {
    name: 'CORS on one route alone',
    finds: 'PreflightMissingAllowOriginHeader',
    hint: /OPTIONS without CORS headers/,
    use: writes,
    start: express({ onlyRoute: true }),
    leaves: [],
  },
];
