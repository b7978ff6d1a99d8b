import { parseHeaderNames, type HeaderDirection } from './header-names.js';
import { OriginList } from './origin-list.js';
import type { Mistake } from './origin-syntax.js';
import { findSiteMistakes } from './site.js';

/** The environment variables that concern other origins, as they were given: any value, or none. */
export interface CrossOriginVariables {
  NODE_ENV?: string;
  FRONTEND_URL?: unknown;
  PREVIEW_ORIGINS?: unknown;
  API_URL?: unknown;
  CORS_ALLOWED_HEADERS?: unknown;
  CORS_EXPOSED_HEADERS?: unknown;
}

/** The parsed values. Unless `mistakes` is empty they are not what the operator meant. */
export interface CrossOriginSettings {
  frontends: OriginList;
  apiUrl: URL | undefined;
  allowedHeaders: string[];
  exposedHeaders: string[];
  /** One line each: the variable, the cause, the value that works, a stable code. */
  mistakes: string[];
}

/** Parses the origins and the public URL of the API, and checks that cookies can travel between them. Never throws. */
export function parseCrossOriginVariables({
  NODE_ENV,
  FRONTEND_URL,
  PREVIEW_ORIGINS,
  API_URL,
  ...headers
}: CrossOriginVariables): CrossOriginSettings {
  const options = { production: NODE_ENV === 'production', previews: PREVIEW_ORIGINS === 'accepted' };
  const { origins, mistakes } = OriginList.parse(typeof FRONTEND_URL === 'string' ? FRONTEND_URL : [], options);
  const siteMistakes = findSiteMistakes(String(API_URL), origins.entries, options);
  const allowed = parseHeaders(headers.CORS_ALLOWED_HEADERS, 'request');
  const exposed = parseHeaders(headers.CORS_EXPOSED_HEADERS, 'response');
  return {
    frontends: origins,
    apiUrl: siteMistakes.length === 0 ? new URL(String(API_URL)) : undefined,
    allowedHeaders: allowed.names,
    exposedHeaders: exposed.names,
    mistakes: [
      ...mistakes.map((mistake) => describe('FRONTEND_URL', mistake)),
      ...siteMistakes.map((mistake) => describe(mistake.key, mistake)),
      ...allowed.mistakes.map((mistake) => describe('CORS_ALLOWED_HEADERS', mistake)),
      ...exposed.mistakes.map((mistake) => describe('CORS_EXPOSED_HEADERS', mistake)),
    ],
  };
}

function parseHeaders(value: unknown, direction: HeaderDirection): ReturnType<typeof parseHeaderNames> {
  return parseHeaderNames(typeof value === 'string' ? value : [], direction);
}

/** Quoted as JSON, so that a stray tab or line break can be seen. */
function describe(variable: string, { code, entry, cause, suggestion }: Mistake): string {
  const cure = suggestion === undefined ? '' : `; this would work: ${variable}=${suggestion}`;
  return `${variable} ${JSON.stringify(entry.slice(0, 300))} ${cause}${cure} [${code}]`;
}
