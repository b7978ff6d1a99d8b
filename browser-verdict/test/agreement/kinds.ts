import { getAll } from '../../src/rules/header-list.js';
import { preflightFor } from '../../src/rules/preflight.js';
import type { Step, Verdict } from '../../src/verdict/verdict.js';
import { askingsOf, type Asking, type Case } from './case.js';
import { requestOf } from './simulate.js';

/** What a case is about, for the table of what was compared. */
export function kindsOf(scenario: Case, verdicts: readonly Verdict[]): string[] {
  const steps = verdicts.flatMap((verdict) => verdict.steps);
  const lines = [...scenario.cookies, ...steps.flatMap(setCookies)].join('\n');
  const kinds: [string, boolean][] = [
    [nameOf(scenario.asking), true],
    ['preflight', steps.some(isPreflight)],
    ['preflight answered with a redirect', steps.some((step) => isPreflight(step) && isRedirect(step))],
    ['preflight after a redirect', steps.some((step) => isPreflight(step) && !step.request.url.endsWith('/hop/0'))],
    ['second request', verdicts.length > 1],
    ['second request, permitted by the preflight cache', isPermittedByCache(scenario, verdicts)],
    ['redirect', steps.some((step) => !isPreflight(step) && isRedirect(step))],
    ['Origin: null after a redirect', steps.some(({ request }) => getAll(request.headers, 'origin')[0] === 'null')],
    ['page over https, API over http', scenario.scheme === 'https' && scenario.hops.some(isPlain)],
    ['page over http', scenario.scheme === 'http'],
    ['cookie with SameSite=Strict', /SameSite=Strict/.test(lines)],
    ['cookie with SameSite=Lax', /SameSite=Lax/.test(lines)],
    ['cookie with SameSite=None', /SameSite=None/.test(lines)],
    ['cookie without SameSite', /^(?!.*SameSite=(?:Strict|Lax|None)).+$/m.test(lines)],
    ['cookie with Partitioned', /Partitioned/.test(lines)],
    ['third-party cookies blocked, and a cookie of another site', scenario.blockThirdParty && hasForeign(steps, lines)],
  ];
  return [
    ...kinds.flatMap(([name, applies]) => (applies ? [name] : [])),
    ...new Set(verdicts.flatMap(({ reason }) => (reason ? [`blocked: ${reason.code}`] : []))),
    ...new Set(
      verdicts.flatMap(({ cookies }) =>
        cookies.blocked.flatMap(({ reasons, on }) =>
          reasons.map((reason) => `cookie not ${on === 'send' ? 'sent' : 'stored'}: ${reason}`),
        ),
      ),
    ),
  ];
}

const isPreflight = ({ request }: Step) => request.kind === 'preflight';
const isRedirect = ({ answer }: Step) => 'status' in answer && [301, 302, 303, 307, 308].includes(answer.status);
const setCookies = ({ answer }: Step) => ('headers' in answer ? getAll(answer.headers, 'set-cookie') : []);
const isPlain = ({ scheme, place }: Case['hops'][number]) => scheme === 'http' && place !== 'page';
const hasForeign = (steps: readonly Step[], lines: string) =>
  lines !== '' && steps.some(({ request }) => /\/\/api\.[bc]/.test(request.url));

function nameOf(asking: Asking): string {
  switch (asking.kind) {
    case 'fetch':
      return `fetch, ${asking.init.mode ?? 'cors'}`;
    case 'beacon':
      return 'sendBeacon';
    case 'event-source':
      return `EventSource ${asking.withCredentials ? 'with' : 'without'} credentials`;
    case 'form':
      return `form, ${asking.method}`;
    case 'link':
      return 'link';
    default:
      return `${asking.kind} ${asking.crossorigin === null ? 'without' : 'with'} crossorigin`;
  }
}

/** The second request needs a permission, and sends no preflight. */
function isPermittedByCache(scenario: Case, [, second]: readonly Verdict[]): boolean {
  const asking = askingsOf(scenario)[1];
  const step = second?.steps[0];
  if (!asking || !step || isPreflight(step) || scenario.hops[0]?.place === 'page') return false;
  const { method, headers, mode } = requestOf(asking, step.request.url);
  return mode === 'cors' && preflightFor(method, headers, { safelistedClientHints: true }) !== undefined;
}

/** Counts what was compared. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(kinds: readonly string[]): void {
    for (const kind of kinds) this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  toString(): string {
    const sorted = [...this.counts].sort(([a], [b]) => a.localeCompare(b));
    return sorted.map(([kind, count]) => `${String(count).padStart(6)}  ${kind}\n`).join('');
  }
}
