import { browserNames } from '../rules/browsers.js';
import { originOf, parseUrl } from '../rules/urls.js';
import { Asker, type AskerOptions } from './asker.js';
import { curesFor } from './cures.js';
import { finding, merge, probe, type DoctorBrowser, type Finding, type Probe } from './findings.js';
import { operationsOf } from './openapi.js';
import { Patient } from './patient.js';
import { caches } from './probes/caches.js';
import { otherErrors, unknownPath } from './probes/errors.js';
import { preflight, type Operation } from './probes/preflights.js';
import { crossSite, exposedHeaders, readWithCredentials, readWithout } from './probes/reading.js';
import { trailingSlash } from './probes/redirects.js';
import { session, type LogIn } from './probes/session.js';
import { strangers } from './probes/strangers.js';
import { redactFinding } from './redact.js';

export type { Finding, Probe } from './findings.js';

export interface ExamineOptions extends Partial<AskerOptions> {
  /** Methods whose preflight is tried. Default: POST. */
  methods?: readonly string[];
  /** Names of request headers that the page sends. Default: Content-Type, for JSON. */
  headers?: readonly string[];
  /** The URL of an OpenAPI document, every operation of which is preflighted. */
  openapi?: string | undefined;
  logIn?: LogIn | undefined;
  /** False: the page sends no cookies, and `*` is enough. */
  credentials?: boolean;
  /** Called with the name of each probe that begins. */
  onProgress?: (name: string) => void;
}

export interface Examination {
  page: string;
  api: string;
  /** 0: works in all browsers. 1: blocked somewhere, or somebody is let in. 2: could not ask. */
  exitCode: 0 | 1 | 2;
  browsers: Record<DoctorBrowser, 'works' | 'warning' | 'blocked'>;
  probes: Omit<Probe, 'findings'>[];
  findings: (Finding & { howTo: Record<string, string> })[];
  /** Everything that was asked. */
  log: Asker['log'];
}

/** Walks a deployment as browsers would. @throws TypeError when the page is no origin, or the API no http or https URL */
export async function examine(page: string, api: string, options: ExamineOptions = {}): Promise<Examination> {
  const [pageUrl, apiUrl] = [parseUrl(page), parseUrl(api)];
  if (!pageUrl || !/^https?:$/.test(pageUrl.protocol))
    throw new TypeError(`The page is not an origin such as https://app.example.com: ${page}`);
  if (!apiUrl || !/^https?:$/.test(apiUrl.protocol)) throw new TypeError(`The API is not an http or https URL: ${api}`);
  const asker = new Asker({ deadlineMs: 25_000, timeoutMs: 8_000, ...options });
  const patient = new Patient(originOf(pageUrl), apiUrl.href, asker);
  const unreachable = await knock(patient, options);
  const probes = unreachable ? [unreachable] : await examineAll(patient, options);
  return summarize(patient, probes, asker);
}

/** Below HTTP: nothing else can be said. */
async function knock(patient: Patient, { onProgress }: ExamineOptions): Promise<Probe | undefined> {
  onProgress?.('Connection');
  const step = await patient.ask([['Origin', patient.page]], { salt: 'knock' });
  if (!('failure' in step.answer)) return undefined;
  const { failure, detail } = step.answer;
  return probe('Connection', [finding(failure, 'unreachable', { page: patient.page, url: patient.url, detail, step })]);
}

async function examineAll(patient: Patient, options: ExamineOptions): Promise<Probe[]> {
  const { credentials = true, onProgress, logIn } = options;
  const run = async (name: string, work: () => Promise<Probe | Probe[]>): Promise<Probe[]> => {
    onProgress?.(name);
    return [await work()].flat();
  };
  // First, before anything else can fill a cache.
  const cached = await run('Caches', () => caches(patient));
  const groups = await Promise.all([
    run('GET', () => readWithout(patient)),
    ...(credentials ? [run('GET with credentials', () => readWithCredentials(patient))] : []),
    run('Preflights', () => preflights(patient, options)),
    run('Unknown path', () => unknownPath(patient)),
    run('Other errors', () => otherErrors(patient)),
    run('Trailing slash', () => trailingSlash(patient)),
    run('Strangers', () => strangers(patient)),
    run('Exposed headers', () => exposedHeaders(patient)),
    ...(credentials ? [Promise.resolve([crossSite(patient)])] : []),
  ]);
  const visits = logIn ? await run('Log-in', () => session(patient, logIn)) : [];
  return [...groups.flat(), ...cached, ...visits];
}

async function preflights(patient: Patient, options: ExamineOptions): Promise<Probe[]> {
  const { methods = ['POST'], headers = ['Content-Type'], openapi } = options;
  const asked = methods.map((method): Operation => ({ method, url: patient.url, headers }));
  if (openapi === undefined) return Promise.all(asked.map((operation) => preflight(patient, operation)));
  const text = await patient.asker.download(patient.at(openapi));
  try {
    const isAsked = ({ method, url }: Operation) => url === patient.url && methods.includes(method);
    const operations = operationsOf(text ?? '', patient.url).filter((operation) => !isAsked(operation));
    return await Promise.all([...asked, ...operations].map((operation) => preflight(patient, operation)));
  } catch (error) {
    const detail =
      text === undefined ? 'no answer with status 200' : error instanceof Error ? error.message : String(error);
    return [
      probe('OpenAPI', [finding('OpenApiUnreadable', 'blocked', { page: patient.page, url: patient.url, detail })]),
    ];
  }
}

function summarize({ page, url }: Patient, probes: Probe[], asker: Asker): Examination {
  const findings = merge(probes.flatMap((each) => each.findings));
  const worst = (browser: DoctorBrowser) =>
    (['blocked', 'warning'] as const).find((mark) => probes.some(({ marks }) => marks[browser] === mark)) ?? 'works';
  const isUnreachable = findings.some(({ severity }) => severity === 'unreachable');
  const isBad = findings.some(({ severity }) => severity !== 'warning');
  return {
    page,
    api: url,
    exitCode: isUnreachable ? 2 : isBad ? 1 : 0,
    browsers: Object.fromEntries(browserNames.map((name) => [name, worst(name)])) as Examination['browsers'],
    probes: probes.map(({ name, marks }) => ({ name, marks })),
    findings: findings.map((each) => {
      const answer = each.exchange?.answer;
      const headers = answer && !('failure' in answer) ? answer.headers : [];
      return { ...redactFinding(each), howTo: curesFor(each.code, page, headers) };
    }),
    log: asker.log,
  };
}
