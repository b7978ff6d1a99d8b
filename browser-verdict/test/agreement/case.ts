import type { FetchInit } from '../../src/verdict/page-request.js';

/** Which host a URL has: that of the page, another of its site, or one of other sites. */
export type Place = 'page' | 'sibling' | 'foreign' | 'other';
export type Headers = [name: string, value: string][];

export interface Answer {
  status: number;
  /** `$page` stands for the origin of the page, `$domain` for the registrable domain of the host asked, `$next` for the next hop. */
  headers: Headers;
}

export interface Hop {
  place: Place;
  scheme: 'http' | 'https';
  userInfo: boolean;
  preflight: Answer;
  answer: Answer;
}

export type Init = Omit<FetchInit, 'headers' | 'body'> & { headers: Headers; body?: string };
export type Again = Partial<Pick<Init, 'method' | 'headers' | 'credentials'>>;

export type Asking =
  | { kind: 'fetch'; init: Init }
  | { kind: 'beacon'; type: string | null }
  | { kind: 'event-source'; withCredentials: boolean }
  | { kind: 'image' | 'script'; crossorigin: 'anonymous' | 'use-credentials' | null }
  | { kind: 'form'; method: 'GET' | 'POST' }
  | { kind: 'link' };

/** A page, what it asks for, and what the servers answer. */
export interface Case {
  scheme: 'http' | 'https';
  /** `Set-Cookie` lines that a visit of the first hop's host has brought before. */
  cookies: string[];
  asking: Asking;
  /** The request, and where it is redirected to. */
  hops: Hop[];
  /** Asks once more, with these changes: for the preflight cache. */
  again: Again | null;
  /** Third-party cookies are switched off (Chromium). */
  blockThirdParty: boolean;
}

/** What the page asks for, one after the other. */
export function askingsOf({ asking, again }: Case): Asking[] {
  if (asking.kind !== 'fetch' || again === null) return [asking];
  return [asking, { kind: 'fetch', init: { ...asking.init, ...again } }];
}

/** The page is left, or cannot wait for the answer. */
export const isUnwatched = ({ kind }: Asking) => kind === 'form' || kind === 'link' || kind === 'beacon';
