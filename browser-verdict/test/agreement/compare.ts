import type { Case } from './case.js';
import { kindsOf } from './kinds.js';
import { describe } from './observation.js';
import { Names } from './respond.js';
import { run, type RealBrowser } from './driver.js';
import { simulate } from './simulate.js';
import type { World } from './world.js';

let counter = 0;
const prefix = Date.now().toString(36);

/** Both observations, as lines that can be compared. */
export interface Comparison {
  scenario: Case;
  simulated: string[];
  real: string[];
  kinds: string[];
}

export async function compare(world: World, browser: RealBrowser, scenario: Case, tab = 0): Promise<Comparison> {
  counter += 1;
  const names = new Names(`${prefix}${String(counter)}`, scenario);
  const { verdicts, ...simulated } = simulate(names, browser.name);
  const real = await run(world, browser.driverFor(scenario, tab), names, simulated);
  const kinds = kindsOf(scenario, verdicts);
  return { scenario, simulated: describe(names, simulated), real: describe(names, real), kinds };
}

export const isEqual = ({ simulated, real }: Comparison) => simulated.join('\n') === real.join('\n');
