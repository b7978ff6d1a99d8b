import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserName } from '../../src/rules/browsers.js';
import { askingsOf, isUnwatched, type Asking } from './case.js';
import { inPage } from './in-page.js';
import type { Observation, Reasons, Seen } from './observation.js';
import type { Names } from './respond.js';
import { settled, type World } from './world.js';

/** One tab of a real browser. */
export interface Driver {
  /** As the address bar does. */
  goto(url: string): Promise<void>;
  evaluate<Args extends unknown[], Result>(script: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>>;
  /** Chromium adds its reasons. */
  reasons?: Reasons;
}

/** A real browser: cases may run in several tabs at once, because they share no host. */
export interface RealBrowser {
  name: BrowserName;
  version: string;
  tabs: number;
  driverFor(scenario: { blockThirdParty: boolean }, tab: number): Driver;
  close(): Promise<void>;
}

/**
 * Walks through a case in a real browser.
 * @param expected what the simulator saw: what no page can wait for is waited for by its number
 */
export async function run(world: World, driver: Driver, names: Names, expected: Observation): Promise<Observation> {
  const { scenario } = names;
  const seen = world.begin(names);
  const pageUrl = `${names.page}/${names.run}/page`;
  if (scenario.cookies.length > 0) await visit(driver, names.first('set'));
  await visit(driver, pageUrl);
  forget(driver);
  const outcomes: string[] = [];
  for (const asking of askingsOf(scenario)) {
    // The objects of fast-check have no prototype, which WebDriver BiDi refuses.
    outcomes.push(await driver.evaluate(inPage, JSON.parse(JSON.stringify(asking)) as Asking, names.hop(0)));
  }
  await settled(() => seen.length >= requestsBefore(expected.seen, [pageUrl, names.first('check')]));
  if (/^(?:form|link)$/.test(scenario.asking.kind)) await hasLeft(driver, pageUrl);
  await settled(() => hasTold(driver, expected), 10_000);
  const reasons = driver.reasons && { reasons: structuredClone(driver.reasons) };
  if (isUnwatched(scenario.asking)) await visit(driver, pageUrl);
  await driver.evaluate(checkInPage, names.first('check')).catch(() => undefined);
  await visit(driver, names.first('visit'));
  world.end(names);
  return { seen, outcomes, ...reasons };
}

const KINDS = ['codes', 'unstored', 'unsent'] as const;

function forget({ reasons }: Driver): void {
  for (const kind of KINDS) reasons?.[kind].splice(0);
}

/** Chromium tells its reasons a little later. */
const hasTold = ({ reasons: told }: Driver, { reasons: expected }: Observation) =>
  !told || !expected || KINDS.every((kind) => told[kind].length >= expected[kind].length);

/** The number of requests until the page is visited again, or the cookies are looked at. */
function requestsBefore(seen: readonly Seen[], urls: readonly string[]): number {
  const visits = seen.flatMap(({ url }, index) => (urls.includes(url) ? [index] : []));
  return visits[1] ?? seen.length;
}

/** A page that is mixed content, or that is left at this very moment, fails. */
async function visit(driver: Driver, url: string): Promise<void> {
  await driver.goto(url).catch(() => driver.goto(url).catch(() => undefined));
}

/** A form or a link was followed, unless it was blocked. */
async function hasLeft(driver: Driver, pageUrl: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const state = await driver.evaluate(() => `${location.href} ${document.readyState}`).catch(() => '');
    if (state.endsWith(' complete') && !state.startsWith(`${pageUrl} `)) return;
    await delay(20);
  }
}

async function checkInPage(url: string): Promise<void> {
  await fetch(url, { mode: 'no-cors', credentials: 'include' }).catch(() => undefined);
}
