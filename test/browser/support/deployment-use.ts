import { settled } from '../../../browser-verdict/test/agreement/world.js';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { Act, Ending, Use } from '../../../browser-verdict/test/deployments/uses.js';
import { blockedReasons } from './blocked-reasons.js';

interface Place {
  page: string;
  api: string;
  proxyPort: number;
}

interface Fetched {
  /** Undefined: `fetch` threw. */
  status?: number;
  /** The names of the cookies that came, as the API of the deployments answers. */
  cookies?: string[];
}

/**
 * Does in Chromium, one after the other, what a use lists.
 * @param reason what is waited for, because Chromium tells it a little later; it is in `reasons` only if it came
 */
export async function perform(browser: Browser, { acts, ends }: Use, place: Place, reason: string | null) {
  const proxyServer = `127.0.0.1:${String(place.proxyPort)}`;
  const [person, other] = [
    await browser.createBrowserContext({ proxyServer }),
    await browser.createBrowserContext({ proxyServer }),
  ];
  const reasons: string[] = [];
  try {
    let last: Fetched = {};
    for (const act of acts) last = await once(act.elsewhere ? other : person, act, place, reasons);
    if (reason !== null) await settled(() => reasons.includes(reason), 5_000);
    return { ending: endingOf(last, ends), status: last.status, reasons };
  } finally {
    await Promise.all([person.close(), other.close()]);
  }
}

function endingOf({ status, cookies = [] }: Fetched, wanted: Ending): Ending {
  if (status === undefined) return 'refused';
  if (!wanted.endsWith('cookie')) return 'answered';
  return cookies.length > 0 ? 'with a cookie' : 'without a cookie';
}

async function once(context: BrowserContext, act: Act, { page, api }: Place, reasons: string[]): Promise<Fetched> {
  const url = act.path === undefined ? api : new URL(act.path, api).href;
  const tab = await context.newPage();
  await blockedReasons(tab, reasons);
  if (act.by === 'address bar') {
    await tab.goto(url);
    return {};
  }
  await tab.goto(`${act.from ?? page}/`);
  if (act.by === 'form') return submit(tab, url);
  return tab.evaluate(act.by === 'sandboxed frame' ? fetchInFrame : fetchInPage, url, act.init ?? {});
}

/** What any page can send without a preflight. */
async function submit(tab: Page, url: string): Promise<Fetched> {
  const answered = tab.waitForResponse(url);
  await tab.evaluate((action) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'POST', enctype: 'text/plain', action });
    document.body.append(form);
    setTimeout(() => form.submit());
  }, url);
  await answered;
  return {};
}

async function fetchInPage(url: string, init: NonNullable<Act['init']>): Promise<Fetched> {
  try {
    const response = await fetch(url, { credentials: 'include', ...init });
    const body = (await response.json().catch(() => ({}))) as { cookie?: string[] };
    return { status: response.status, cookies: body.cookie ?? [] };
  } catch {
    return {};
  }
}

function fetchInFrame(url: string): Promise<Fetched> {
  return new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data as Fetched), { once: true });
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    frame.srcdoc = `<script>fetch(${JSON.stringify(url)}, { credentials: 'include' }).then(
      ({ status }) => parent.postMessage({ status }, '*'), () => parent.postMessage({}, '*'))</script>`;
    document.body.append(frame);
  });
}
