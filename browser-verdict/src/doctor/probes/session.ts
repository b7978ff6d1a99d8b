import { parseSetCookie } from '../../cookies/set-cookie.js';
import { browserNames } from '../../rules/browsers.js';
import { getAll } from '../../rules/header-list.js';
import { isLoopback, relate } from '../../rules/urls.js';
import { fetchRequest, formRequest, type PageRequest } from '../../verdict/page-request.js';
import type { Step, Verdict } from '../../verdict/verdict.js';
import { finding, findingOf, probe, type DoctorBrowser, type Finding, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';
import { foreignOrigin } from './strangers.js';

export interface LogIn {
  path: string;
  body: Uint8Array;
  /** Of the body. */
  type: string;
  logOutPath: string | undefined;
}

/** A real log-in: are the cookies kept, do they come back, does log-out clear them? */
export async function session(patient: Patient, logIn: LogIn): Promise<Probe[]> {
  const request = post(patient.at(logIn.path), { 'Content-Type': logIn.type }, true);
  const verdicts = await patient.verdicts(request, { body: logIn.body, really: true });
  const entered = probe('Log-in', [...patient.blocked(verdicts), ...cookieFindings(patient, verdicts)]);
  if (verdicts.every(({ cookies }) => cookies.stored.length === 0)) return [entered, await foreignForm(patient, logIn)];
  const next = await nextRequest(patient, verdicts);
  const left = logIn.logOutPath === undefined ? [] : [await logOut(patient, logIn.logOutPath, verdicts)];
  return [entered, next, ...left, await foreignForm(patient, logIn)];
}

const post = (url: string, headers: Record<string, string>, hasBody: boolean): PageRequest => ({
  ...fetchRequest(url, { method: 'POST', credentials: 'include', headers }),
  hasBody,
});

function cookieFindings(patient: Patient, verdicts: readonly Verdict[]): Finding[] {
  const step = verdicts[0]?.steps.at(-1);
  if (!step || 'failure' in step.answer || step.request.kind === 'preflight') return [];
  const at = { page: patient.page, url: patient.url, step };
  const { status, headers } = step.answer;
  if (status >= 400) return [finding('LogInFailed', 'blocked', { ...at, detail: `status ${status}` })];
  const lines = getAll(headers, 'set-cookie');
  if (lines.length === 0) return [finding('NoCookieSet', 'warning', at)];
  return [...verdicts.flatMap(blockedCookies), ...lines.flatMap((line) => lint(line, patient, step))];
}

/** Cookies that a browser refuses. In Safari alone between two sites, it is only a warning: nothing that the server sends helps. */
function blockedCookies(verdict: Verdict): Finding[] {
  const stores = verdict.cookies.blocked.filter(({ on }) => on === 'store');
  return stores.flatMap(({ explained }) =>
    explained.map((reason) => findingOf(verdict, reason, reason.code === 'ThirdPartyBlocked' ? 'warning' : 'blocked')),
  );
}

function lint(line: string, { page, url }: Patient, step: Step): Finding[] {
  const cookie = parseSetCookie(line);
  if (typeof cookie === 'string') return [];
  const { hostname, protocol, origin } = new URL(url);
  const at = { page, url, step, detail: cookie.name };
  const crosses = cookie.sameSite === 'none' && relate(page, origin) === 'cross-site';
  return [
    ...(cookie.httpOnly ? [] : [finding('CookieReadableByScripts', 'warning', at)]),
    ...(cookie.secure || protocol === 'http:' || isLoopback(hostname)
      ? []
      : [finding('CookieNotSecure', 'warning', at)]),
    ...(crosses && cookie.secure && !cookie.partitioned ? [finding('CookieNotPartitioned', 'warning', at)] : []),
  ];
}

async function nextRequest(patient: Patient, logIns: readonly Verdict[]): Promise<Probe> {
  const verdicts = await patient.verdicts(fetchRequest(patient.url, { credentials: 'include' }));
  const findings = verdicts.flatMap((verdict, index) => {
    if (verdict.cookies.sent.length > 0 || (logIns[index]?.cookies.stored.length ?? 0) === 0) return [];
    const step = verdict.steps.at(-1);
    const missing = finding('CookieNotReturned', 'blocked', { page: patient.page, url: patient.url, step });
    const reasons = verdict.cookies.blocked.flatMap(({ explained }) =>
      explained.map((reason) => findingOf(verdict, reason, 'blocked')),
    );
    return [{ ...missing, browsers: [browserNames[index] ?? 'chromium'] as DoctorBrowser[] }, ...reasons];
  });
  return probe('Next request', [...patient.blocked(verdicts), ...findings]);
}

async function logOut(patient: Patient, path: string, logIns: readonly Verdict[]): Promise<Probe> {
  const names = logIns.map(({ cookies }) => new Set(cookies.stored.map(({ name }) => name)));
  const request = post(patient.at(path), {}, false);
  const verdicts = await patient.verdicts(request, { really: true });
  const findings = verdicts.flatMap((verdict, index) => {
    if ((names[index]?.size ?? 0) === 0) return [];
    const step = verdict.steps.at(-1);
    const at = { page: patient.page, url: patient.url, step };
    const status = step && !('failure' in step.answer) ? step.answer.status : 0;
    if (verdict.outcome !== 'blocked' && status >= 400)
      return [finding('LogOutBlocked', 'blocked', { ...at, detail: `status ${status}` })];
    const browser = [browserNames[index] ?? 'chromium'] as DoctorBrowser[];
    const left = [...(names[index] ?? [])].filter((name) => isKept(patient, index, name));
    const refused = verdict.cookies.blocked.filter(({ on }) => on === 'store');
    return left.map((name) => ({
      ...finding('LogOutLeavesCookie', 'blocked', { ...at, detail: name }),
      browsers: browser,
      hint: refused.find((each) => each.name === name)?.explained[0]?.title,
    }));
  });
  return probe('Log-out', [...patient.blocked(verdicts), ...findings]);
}

function isKept({ sessions, page, url }: Patient, index: number, name: string): boolean {
  const one = sessions[index];
  if (!one) return false;
  const request = { initiator: page, ancestors: [], method: 'GET', topLevelNavigation: false, url: new URL(url) };
  const { sent, blocked } = one.jar.retrieve({ ...request, byHttp: true, now: one.now(), blockThirdParty: false });
  return [...sent, ...blocked].some((cookie) => cookie.name === name);
}

/** Can a page of somebody else log a person in, by a form? It is sent for real: the log-in was asked for. */
async function foreignForm(patient: Patient, { path, body }: LogIn): Promise<Probe> {
  const request = formRequest(patient.at(path), 'POST', 'text/plain');
  const [verdict] = await patient.verdicts(request, { origin: foreignOrigin, body, really: true, fresh: true });
  const step = verdict?.steps.at(-1);
  if (!step || 'failure' in step.answer || step.answer.status >= 400) return probe('Foreign form', []);
  if (getAll(step.answer.headers, 'set-cookie').length === 0) return probe('Foreign form', []);
  return probe('Foreign form', [
    finding('ForeignFormAccepted', 'danger', { page: patient.page, url: patient.url, detail: foreignOrigin, step }),
  ]);
}
