import { describe as group, expect, test } from '@jest/globals';
import { describe } from './agreement/observation.js';
import { regressions } from './agreement/regressions.js';
import { Names } from './agreement/respond.js';
import { simulate } from './agreement/simulate.js';

group('disagreements with real browsers that were found once', () => {
  test.each(regressions.map((row) => [row.version, row.found, row] as const))('%s: %s', (_, __, row) => {
    const names = new Names('run1', row.scenario);
    expect(describe(names, simulate(names, row.browser))).toEqual(row.real);
  });
});
