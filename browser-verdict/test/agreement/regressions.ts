import { readFileSync } from 'node:fs';
import type { BrowserName } from '../../src/rules/browsers.js';
import type { Case } from './case.js';

/** A difference between a real browser and the simulator that was found once. */
export interface Regression {
  browser: BrowserName;
  /** Of the browser that was asked. */
  version: string;
  /** What the simulator did not know. */
  found: string;
  scenario: Case;
  /** What the browser did. */
  real: string[];
}

export const regressions = JSON.parse(
  readFileSync(new URL('./regressions.json', import.meta.url), 'utf8'),
) as Regression[];
