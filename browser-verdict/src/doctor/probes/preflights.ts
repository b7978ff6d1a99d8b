import { getHeader } from '../../rules/header-list.js';
import { fetchRequest } from '../../verdict/page-request.js';
import { finding, probe, type Finding, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';

/** A request that is asked for, and only preflighted. */
export interface Operation {
  method: string;
  url: string;
  /** Names of request headers. */
  headers: readonly string[];
}

/** Would the server permit it? */
export async function preflight(patient: Patient, { method, url, headers }: Operation): Promise<Probe> {
  const given = headers.map((name) => [name, valueFor(name)] as const);
  const request = fetchRequest(url, { method, credentials: 'include', headers: given });
  const verdicts = await patient.verdicts(request, { fresh: true });
  const path = url === patient.url ? '' : ` ${new URL(url).pathname}`;
  const names = headers.length > 0 ? ` with ${headers.join(', ')}` : '';
  return probe(`${method}${path}${names}`, [...patient.blocked(verdicts), ...(await notCached(patient, verdicts[0]))]);
}

/** A JSON body is what most requests have. */
const valueFor = (name: string) => (name.toLowerCase() === 'content-type' ? 'application/json' : '1');

async function notCached(
  patient: Patient,
  verdict: Awaited<ReturnType<Patient['verdicts']>>[number] | undefined,
): Promise<Finding[]> {
  const step = verdict?.steps.find(({ request }) => request.kind === 'preflight');
  if (step?.judgement !== 'passed' || 'failure' in step.answer) return Promise.resolve([]);
  const isCached = getHeader(step.answer.headers, 'access-control-max-age') !== null;
  return isCached ? [] : [finding('PreflightNotCached', 'warning', { page: patient.page, url: patient.url, step })];
}
