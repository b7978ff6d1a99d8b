import { isLoopback } from 'browser-verdict';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The host that a request is for, as `host` of a URL: in lower case, without the default port. An absolute target comes
 * before `Host` (RFC 9112, section 3.2.2).
 *
 * @returns undefined when there is none; null when it is invalid, or given twice
 */
export function authorityOf({ url = '', headers, rawHeaders }: IncomingMessage): string | null | undefined {
  const absolute = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1) return null;
  return parseAuthority(absolute ?? headers.host);
}

/** Whether no DNS name is needed to reach it: DNS rebinding needs one. */
export function needsNoDns(authority: string): boolean {
  const hostname = authority.replace(/:\d+$/, '');
  return isLoopback(hostname) || isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/** RFC 9110, section 7.2: `uri-host [ ":" port ]`. */
function parseAuthority(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  if (!/^(?:[a-z\d._-]+|\[[a-f\d:.]+\])(?::\d{0,5})?$/i.test(text)) return null;
  try {
    return new URL(`http://${text}`).host;
  } catch {
    return null;
  }
}
