import type { BrowserName } from 'browser-verdict';

/** The rules by which this browser goes: those of its engine. */
export function currentBrowser(userAgent: string): BrowserName {
  if (userAgent.includes('Firefox/')) return 'firefox';
  return userAgent.includes('Chrome/') ? 'chromium' : 'safari';
}
