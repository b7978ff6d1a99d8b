import { OriginList } from './origin-list.js';
import type { Mistake } from './origin-syntax.js';
import { decideSite } from './site.js';

/** The keys of the environment that decide about other origins. Anything may be in them. */
export interface CrossOriginKeys {
  NODE_ENV?: string;
  FRONTEND_URL?: unknown;
  PREVIEW_ORIGINS?: unknown;
  API_URL?: unknown;
}

/** What is wrong with the origins or with how they relate to the API: key, cause, the value that works, a stable code. */
export function crossOriginMistakes({ NODE_ENV, FRONTEND_URL, PREVIEW_ORIGINS, API_URL }: CrossOriginKeys): string[] {
  const options = { production: NODE_ENV === 'production', previews: PREVIEW_ORIGINS === 'accepted' };
  const list = typeof FRONTEND_URL === 'string' ? OriginList.parse(FRONTEND_URL, options) : undefined;
  const site = decideSite(String(API_URL), list?.origins.entries ?? [], options);
  return [
    ...(list?.mistakes ?? []).map((mistake) => explain('FRONTEND_URL', mistake)),
    ...('mistakes' in site ? site.mistakes : []).map((mistake) => explain(mistake.key, mistake)),
  ];
}

function explain(key: string, { code, entry, cause, suggestion }: Mistake): string {
  const cure = suggestion === undefined ? '' : `; this would work: ${key}=${suggestion}`;
  // Quoted as JSON, so that a stray tab or line break can be seen.
  return `${key} ${JSON.stringify(entry.slice(0, 300))} ${cause}${cure} [${code}]`;
}
