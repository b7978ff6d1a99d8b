import type { BrowserRules } from './browser-rules.js';
import type { CredentialsMode } from './cors-check.js';
import { isHeaderPermitted, isMethodPermitted, type Permission, type PreflightQuestion } from './preflight.js';

interface Entry {
  permission: Permission;
  expires: number;
}

export interface CacheKey {
  /** The site of the page in the address bar: the caches of the browsers are partitioned. Fetch, "network partition key". */
  partition: string;
  origin: string;
  url: string;
  credentials: CredentialsMode;
}

/** The most entries that are kept; the oldest is removed. */
const LIMIT = 1024;

/** What answers to preflights permitted, for as long as they said. Fetch, section 4.9 "CORS-preflight cache". */
export class PreflightCache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly rules: Pick<
      BrowserRules,
      'preflightMaxAge' | 'preflightDefaultMaxAge' | 'preflightsByCredentials' | 'wildcardCoversAuthorization'
    >,
  ) {}

  /** @param now in milliseconds */
  store(key: CacheKey, permission: Permission, now: number): void {
    const seconds = Math.min(permission.maxAge ?? this.rules.preflightDefaultMaxAge, this.rules.preflightMaxAge);
    const text = serialize(key);
    this.entries.delete(text);
    const oldest = this.entries.keys().next();
    if (this.entries.size >= LIMIT && !oldest.done) this.entries.delete(oldest.value);
    this.entries.set(text, { permission, expires: now + seconds * 1000 });
  }

  /** Does a remembered answer permit all that is asked? Fetch, "method cache entry match", "header-name cache entry match". */
  covers(key: CacheKey, { method, headers }: PreflightQuestion, now: number): boolean {
    return this.modesFor(key).some((credentials) => {
      const entry = this.entries.get(serialize({ ...key, credentials }));
      if (!entry || entry.expires <= now) return false;
      const { permission } = entry;
      const star = credentials !== 'include';
      return (
        isMethodPermitted(method, permission.methods, star) &&
        headers.every((name) => isHeaderPermitted(name, permission.headers, star, this.rules))
      );
    });
  }

  /** An answer to a request with credentials is good for one without. Fetch, "cache entry match". */
  private modesFor({ credentials }: CacheKey): CredentialsMode[] {
    return credentials === 'include' || this.rules.preflightsByCredentials ? [credentials] : [credentials, 'include'];
  }

  /** After a network error of the request itself. Fetch, "clear cache entries". */
  clear({ partition, origin, url }: Omit<CacheKey, 'credentials'>): void {
    for (const credentials of ['omit', 'same-origin', 'include'] as const) {
      this.entries.delete(serialize({ partition, origin, url, credentials }));
    }
  }
}

const serialize = ({ partition, origin, url, credentials }: CacheKey) =>
  [partition, origin, url, credentials === 'include'].join(' ');
