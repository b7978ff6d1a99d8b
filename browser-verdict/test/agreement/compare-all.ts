import { withTimeout } from '../../../test/browser/browsers/with-timeout.js';
import { startBrowser, type RealName } from './browsers.js';
import type { Case } from './case.js';
import { compare, type Comparison } from './compare.js';
import type { RealBrowser } from './driver.js';
import type { World } from './world.js';

/** For a case, which takes about a second. */
const timeoutMs = 60_000;

export interface Comparing {
  world: World;
  name: RealName;
  scenarios: readonly Case[];
  /** @returns false: nothing more has to be compared */
  onComparison: (comparison: Comparison) => boolean;
}

/**
 * Compares each case, several tabs at once. A browser that does not answer is started again, and asked again.
 * @returns the version of the browser
 * @throws Error when it fails twice at one case
 */
export async function compareAll({ world, name, scenarios, onComparison }: Comparing): Promise<string> {
  const left = [...scenarios];
  const failures = new Map<Case, unknown>();
  for (;;) {
    const browser = await startBrowser(name, world.proxyPort);
    try {
      const work = new Work(world, browser, left, onComparison);
      const failed = await work.run();
      if (failed.length === 0) return browser.version;
      for (const [scenario, error] of failed) {
        console.warn(`${name} failed, and is started again: ${String(error)}`);
        if (failures.has(scenario))
          throw new Error(`${name} failed twice at ${JSON.stringify(scenario)}`, { cause: error });
        failures.set(scenario, error);
        left.push(scenario);
      }
    } finally {
      await browser.close();
    }
  }
}

/** What one start of a browser does. */
class Work {
  private readonly failed: [Case, unknown][] = [];
  private isDone = false;

  constructor(
    private readonly world: World,
    private readonly browser: RealBrowser,
    private readonly left: Case[],
    private readonly onComparison: Comparing['onComparison'],
  ) {}

  /** @returns the cases at which the browser failed */
  async run(): Promise<[Case, unknown][]> {
    await Promise.all(Array.from({ length: this.browser.tabs }, (_, tab) => this.useTab(tab)));
    return this.failed;
  }

  private async useTab(tab: number): Promise<void> {
    for (let scenario = this.next(); scenario; scenario = this.next()) {
      try {
        const comparison = await withTimeout(compare(this.world, this.browser, scenario, tab), timeoutMs);
        if (!this.onComparison(comparison)) this.isDone = true;
      } catch (error) {
        this.failed.push([scenario, error]);
      }
    }
  }

  private next(): Case | undefined {
    return this.isDone || this.failed.length > 0 ? undefined : this.left.pop();
  }
}
