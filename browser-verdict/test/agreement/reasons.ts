import type { Verdict } from '../../src/verdict/verdict.js';
import type { Reasons } from './observation.js';

/** The simulator's reasons as the DevTools protocol tells them. */
export function reasonsOf(verdicts: readonly Verdict[]): Reasons {
  const blocked = (on: 'store' | 'send') =>
    verdicts.flatMap(({ cookies }) =>
      cookies.blocked.filter((each) => each.on === on).map(({ name, reasons }) => `${name}: ${reasons.join(' ')}`),
    );
  return {
    codes: verdicts.map(codeOf).filter(isTold),
    unstored: blocked('store').map(asTold).filter(Boolean),
    unsent: blocked('send').map(asTold).filter(Boolean),
  };
}

/** Chromium's word says less than ours sometimes. */
function codeOf({ reason, steps }: Verdict): string {
  if (reason?.code === 'mixed-form') return 'other';
  const isAfterRedirect = steps.length > 0;
  if (isAfterRedirect && /^(?:DisallowedByMode|UrlCredentialsBlocked)$/.test(reason?.code ?? '')) return 'origin';
  return reason?.code ?? '';
}

/** Names of `Network.CorsError` and of `Network.BlockedReason`. Chromium tells none for errors of a call, or below CORS. */
const isTold = (code: string) =>
  /AllowOrigin|AllowCredentials|^Preflight|DisallowedByPreflight|^InvalidAllow|^WildcardOrigin|^RedirectContains|^mixed-content|^corp-|^other$|^origin$/.test(
    code,
  );

/**
 * Chromium 156 says Schemeful for many a cookie whatever the schemes, nothing of Partitioned without Secure, and nothing of Secure over
 * http when the tab was navigated.
 */
export function asTold(line: string): string {
  const text = line.replace(/Schemeful(?=SameSite)/, '').replace(/ (?:PartitionedNeedsSecure|SecureOnly)$/, '');
  return text.includes('CredentialsNotIncluded') || text.endsWith(':') ? '' : text;
}
