import type { Page } from 'puppeteer-core';

/** Chromium 156 says Schemeful for many a cookie whatever the schemes. */
export const comparable = (reason: string) => reason.replace(/^Schemeful(?=SameSite)/, '');

/** Collects why Chromium blocks a request or a cookie of this tab, by its own codes. DevTools protocol, domain Network. */
export async function blockedReasons(tab: Page, reasons: string[]): Promise<void> {
  const session = await tab.createCDPSession();
  session.on('Network.loadingFailed', ({ corsErrorStatus, blockedReason, errorText }) => {
    reasons.push(corsErrorStatus?.corsError ?? blockedReason ?? errorText);
  });
  session.on('Network.responseReceivedExtraInfo', ({ blockedCookies }) => {
    reasons.push(...blockedCookies.flatMap((cookie) => cookie.blockedReasons.map(comparable)));
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ associatedCookies }) => {
    reasons.push(...associatedCookies.flatMap((cookie) => cookie.blockedReasons.map(comparable)));
  });
  await session.send('Network.enable');
}
