import type { Verdict } from '../verdict/verdict.js';

const WORDS = {
  chromium: 'Failed to fetch',
  firefox: 'NetworkError when attempting to fetch resource.',
  safari: 'Load failed',
  webkitgtk: 'Load failed',
} as const;

/** What `fetch` throws in a page: a TypeError that says little. This one also says why. */
export class BlockedError extends TypeError {
  override readonly name = 'TypeError';

  constructor(readonly verdict: Verdict) {
    const { browser, reason } = verdict;
    super(`${WORDS[browser]}: ${reason?.code ?? 'unknown'}. ${reason?.title ?? ''} ${reason?.cure ?? ''}`.trim());
  }
}
