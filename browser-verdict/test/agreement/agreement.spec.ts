import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appendFileSync, readFileSync } from 'node:fs';
import { startBrowser, type RealName } from './browsers.js';
import type { Case } from './case.js';
import { cases } from './cases.js';
import { compareAll } from './compare-all.js';
import { compare, isEqual, type Comparison } from './compare.js';
import { Tally } from './kinds.js';
import { regressions } from './regressions.js';
import { World } from './world.js';

/** `npm run test:agreement` runs few cases with a fixed seed. AGREEMENT="chromium=2000 firefox=500" AGREEMENT_SEED=7 asks for others. */
const numbers = numbersOf(process.env.AGREEMENT ?? 'chromium=100 firefox=40 webkit=20');
const seed = Number(process.env.AGREEMENT_SEED ?? 20_261_121);

function numbersOf(text: string): [RealName, number][] {
  return text.split(/\s+/).map((each) => {
    const [name, count] = each.split('=');
    return [name as RealName, Number(count)];
  });
}

/** A file for all differences, instead of the smallest one. */
const log = process.env.AGREEMENT_LOG;

/** A file of differences whose cases are played again, instead of random ones. */
const replay = process.env.AGREEMENT_REPLAY;
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const scenariosFor = (numRuns: number): Case[] =>
  replay === undefined
    ? fc.sample(cases, { numRuns, seed })
    : linesOf(replay).map((line) => (JSON.parse(line) as Comparison).scenario);

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.close());

describe.each(numbers)('%s, %i random cases', (name, count) => {
  test(`does what the simulator says (seed ${String(seed)})`, async () => {
    const tally = new Tally();
    let differing = 0;
    const onComparison = (comparison: Comparison) => {
      tally.add(comparison.kinds);
      if (isEqual(comparison)) return true;
      differing += 1;
      if (log !== undefined) appendFileSync(log, `${JSON.stringify(comparison)}\n`);
      return log !== undefined;
    };
    const scenarios = scenariosFor(count);
    const version = await compareAll({ world, name, scenarios, onComparison });
    process.stdout.write(`${version}, seed ${String(seed)}, ${String(count)} cases:\n${tally.toString()}`);
    if (differing === 0) return;
    const text = log === undefined ? await shrink() : '';
    throw new Error(`${version}: ${String(differing)} of ${String(count)} differ\n${text}`);
  });

  test('does what it did when it differed from the simulator once', async () => {
    const rows = regressions.filter(({ browser }) => browser.startsWith(name));
    const changed: string[] = [];
    const onComparison = ({ scenario, real }: Comparison) => {
      const row = rows.find((each) => each.scenario === scenario);
      if (real.join('\n') !== row?.real.join('\n')) changed.push([row?.found, ...real].join('\n'));
      return true;
    };
    await compareAll({ world, name, scenarios: rows.map(({ scenario }) => scenario), onComparison });
    expect(changed).toEqual([]);
  });

  /** The smallest case that fast-check can find, as a row for regressions.json. */
  async function shrink(): Promise<string> {
    const browser = await startBrowser(name, world.proxyPort);
    try {
      const property = fc.asyncProperty(cases, async (scenario) => isEqual(await compare(world, browser, scenario)));
      const [scenario] = (await fc.check(property, { seed, numRuns: count })).counterexample ?? [];
      if (!scenario) return 'It does not happen again.';
      const { simulated, real } = await compare(world, browser, scenario);
      const row = JSON.stringify({ browser: browser.name, version: browser.version, scenario });
      return [row, 'simulated:', ...simulated, 'real:', ...real].join('\n');
    } finally {
      await browser.close();
    }
  }
});

test('every browser was asked', () => expect(numbers.every(([, count]) => count > 0)).toBe(true));
