import { getDomain } from 'tldts';

/** What the host of a URL is to another one. HTML, "same origin" and "same site". */
export type Relation = 'same-origin' | 'same-site' | 'cross-site';

const SUFFIXES = { allowPrivateDomains: true, validateHostname: false };
const NETWORK_SCHEMES = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:']);

/** @returns undefined where the URL standard's parser fails. Never throws. */
export function parseUrl(input: string, base?: string | URL): URL | undefined {
  return URL.canParse(input, base?.toString()) ? new URL(input, base) : undefined;
}

/** The serialised origin, `null` for an opaque one. URL, section 4.7; HTML, "ASCII serialization of an origin". */
export function originOf(url: URL): string {
  if (url.protocol === 'blob:') {
    const inner = parseUrl(url.pathname);
    return inner && /^https?:$/.test(inner.protocol) ? inner.origin : 'null';
  }
  return NETWORK_SCHEMES.has(url.protocol) ? url.origin : 'null';
}

/**
 * The registrable domain by the Public Suffix List, its private part included; null for a public suffix and an IP address. URL,
 * section 3.2. A trailing dot belongs to the name.
 */
export function registrableDomain(host: string): string | null {
  if (host === '' || host.startsWith('.') || host.startsWith('[')) return null;
  const dot = host.endsWith('.') ? '.' : '';
  const domain = getDomain(dot === '' ? host : host.slice(0, -1), SUFFIXES);
  return domain === null ? null : domain + dot;
}

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
export const isIpAddress = (host: string) => IPV4.test(host) || host.startsWith('[');

/** The site of a host without its scheme: its registrable domain, else the host itself. HTML, "obtain a site". */
export const siteOfHost = (host: string) => registrableDomain(host) ?? host;

const sites = new Map<string, string>();
const MAX_SITES = 1000;

/** The site of an origin, scheme included: `https://example.com`; `null` for an opaque origin. Remembers the latest ones. */
export function siteOf(origin: string): string {
  const known = sites.get(origin);
  if (known !== undefined) return known;
  const url = parseUrl(origin);
  const site = url && originOf(url) !== 'null' ? `${url.protocol}//${siteOfHost(url.hostname)}` : 'null';
  if (sites.size >= MAX_SITES) sites.clear();
  sites.set(origin, site);
  return site;
}

/** HTML, "schemelessly same site". Two opaque origins are never the same site here: each stands for its own. */
export function isSchemelesslySameSite(origin: string, other: string): boolean {
  const [a, b] = [siteOf(origin), siteOf(other)];
  return a !== 'null' && a.replace(/^\w+:/, '') === b.replace(/^\w+:/, '');
}

/** HTML, "same site": with the scheme. `ws:` counts as `http:`, `wss:` as `https:` (Fetch fetches them as such). */
export function isSameSite(origin: string, other: string): boolean {
  const [a, b] = [siteOf(origin), siteOf(other)].map((site) => site.replace(/^ws/, 'http'));
  return a !== 'null' && a === b;
}

export function relate(origin: string, other: string): Relation {
  if (origin !== 'null' && origin === other) return 'same-origin';
  return isSameSite(origin, other) ? 'same-site' : 'cross-site';
}

/** `localhost`, a name below it, 127.0.0.0/8 and [::1]. Secure Contexts, section 3.1. */
export const isLoopback = (host: string) => /^(?:.+\.)?localhost\.?$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(host);

/** Secure Contexts, "is url potentially trustworthy". */
export function isTrustworthy(url: URL): boolean {
  if (url.protocol === 'blob:') return isTrustworthyOrigin(originOf(url));
  return /^(?:https|wss|file|data|about):$/.test(url.protocol) || isLoopback(url.hostname);
}

/** Secure Contexts, "is origin potentially trustworthy". */
export function isTrustworthyOrigin(origin: string): boolean {
  const url = parseUrl(origin);
  return (
    url !== undefined && originOf(url) !== 'null' && (/^(?:https|wss):$/.test(url.protocol) || isLoopback(url.hostname))
  );
}
