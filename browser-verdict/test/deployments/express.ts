import cookieParser from 'cookie-parser';
import cors, { type CorsOptions } from 'cors';
import express, { type CookieOptions, type Express, type RequestHandler } from 'express';

export const page = 'https://app.example.com';

export interface AppOptions {
  cors?: CorsOptions | false;
  /** Before CORS. */
  before?: RequestHandler[];
  /** CORS on this route alone. */
  onlyRoute?: boolean;
  cookie?: CookieOptions;
  /** What log-out clears with; undefined: it clears nothing. */
  clear?: CookieOptions | undefined;
  cookieName?: string;
  /** Answers a log-in of any content type, from anywhere. */
  laxLogIn?: boolean;
  cacheControl?: string;
}

const good: CorsOptions = {
  origin: [page],
  credentials: true,
  maxAge: 600,
  exposedHeaders: ['ETag'],
  methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
};

/** An API as people write it with Express and npm `cors`: right, unless the options say otherwise. */
export function app(options: AppOptions = {}): Express {
  const { before = [], onlyRoute = false, cookieName = 'session', laxLogIn = false } = options;
  const application = express();
  application.disable('x-powered-by');
  const handle = options.cors === false ? [] : [cors({ ...good, ...options.cors })];
  if (before.length > 0) application.use(...before);
  // npm cors leaves `Vary` out where a callback or a list refuses an origin.
  if (!onlyRoute && handle.length > 0) application.use(varyByOrigin, ...handle);
  application.use(cookieParser(), express.json(), express.text({ type: laxLogIn ? () => true : 'text/none' }));
  application.get('/posts', ...(onlyRoute ? handle : []), (request, response) => {
    if (options.cacheControl) response.set('Cache-Control', options.cacheControl);
    response.json({ cookie: Object.keys(request.cookies as object) });
  });
  application.patch('/posts', (_, response) => void response.json({}));
  application.post('/log-in', (request, response) => {
    if (!laxLogIn && !request.is('application/json')) return void response.status(415).json({});
    response.cookie(cookieName, 'secret-value', cookieOptions(options)).status(204).end();
  });
  application.post('/log-out', (_, response) => {
    const clear = 'clear' in options ? options.clear : cookieOptions(options);
    if (clear) response.clearCookie(cookieName, clear);
    response.status(204).end();
  });
  return application;
}

const varyByOrigin: RequestHandler = (_, response, next) => {
  response.vary('Origin');
  next();
};

const cookieOptions = ({ cookie }: AppOptions): CookieOptions =>
  cookie ?? { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
