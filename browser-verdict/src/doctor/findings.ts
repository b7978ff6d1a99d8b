import type { Reason } from '../reasons/explain.js';
import { explain } from '../reasons/explain.js';
import { browserNames } from '../rules/browsers.js';
import type { Step, Verdict } from '../verdict/verdict.js';
import type { WireAnswer, WireRequest } from '../verdict/wire.js';

export type DoctorBrowser = (typeof browserNames)[number];

/** `blocked`: it does not work. `danger`: somebody is let in who should not be. `warning`: it works, but. */
export type Severity = 'unreachable' | 'blocked' | 'danger' | 'warning';

export type Mark = 'works' | 'warning' | 'blocked';

/** One line of the report. */
export interface Probe {
  name: string;
  marks: Record<DoctorBrowser, Mark>;
  findings: Finding[];
}

export interface Finding {
  code: string;
  detail: string | undefined;
  severity: Severity;
  browsers: DoctorBrowser[];
  /** The names of the probes that met it. */
  probes: string[];
  title: string;
  cure: string;
  /** What these headers and this status point to. */
  hint: string | undefined;
  /** What the browsers write to their consoles. */
  console: Partial<Record<DoctorBrowser, string>>;
  /** What was sent and what came, without secrets. */
  exchange: { request: WireRequest; answer: WireAnswer } | undefined;
}

export interface Case {
  page: string;
  url: string;
}

/** A finding about all browsers. */
export function finding(
  code: string,
  severity: Severity,
  at: Case & { detail?: string | undefined; step?: Pick<Step, 'request' | 'answer'> | undefined },
): Finding {
  const { title, cure } = explain(code, at.detail, { browser: 'chromium', origin: at.page, url: at.url });
  return {
    ...{ code, detail: at.detail, severity, title, cure },
    ...{ browsers: [...browserNames], probes: [], hint: undefined, console: {} },
    exchange: at.step && { request: at.step.request, answer: at.step.answer },
  };
}

/** The finding of a blocked request in one browser. */
export function findingOf(verdict: Verdict, reason: Reason, severity: Severity, hint?: string): Finding {
  const browser = verdict.browser as DoctorBrowser;
  const { code, detail, title, cure, console } = reason;
  const last = verdict.steps.at(-1);
  return {
    ...{ code, detail, title, cure, severity, hint, browsers: [browser], probes: [] },
    console: console === undefined ? {} : { [browser]: console },
    exchange: last && { request: last.request, answer: last.answer },
  };
}

/** One entry for each code and detail, with all its browsers and probes. */
export function merge(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const each of findings) {
    const key = `${each.code} ${each.detail ?? ''}`;
    const known = merged.get(key);
    merged.set(key, known ? join(known, each) : each);
  }
  return [...merged.values()].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

const ORDER: Severity[] = ['unreachable', 'blocked', 'danger', 'warning'];

const join = (a: Finding, b: Finding): Finding => ({
  ...a,
  severity: ORDER.indexOf(a.severity) <= ORDER.indexOf(b.severity) ? a.severity : b.severity,
  browsers: browserNames.filter((name) => a.browsers.includes(name) || b.browsers.includes(name)),
  probes: [...new Set([...a.probes, ...b.probes])],
  console: { ...b.console, ...a.console },
  hint: a.hint ?? b.hint,
});

/** A line of the report from what was found on the way. */
export function probe(name: string, findings: readonly Finding[]): Probe {
  const own = merge(findings).map((each) => ({ ...each, probes: [name] }));
  const markOf = (browser: DoctorBrowser): Mark => {
    const severities = own.filter(({ browsers }) => browsers.includes(browser)).map(({ severity }) => severity);
    if (severities.some((severity) => severity !== 'warning')) return 'blocked';
    return severities.length > 0 ? 'warning' : 'works';
  };
  const marks = Object.fromEntries(browserNames.map((browser) => [browser, markOf(browser)]));
  return { name, marks: marks as Probe['marks'], findings: own };
}
