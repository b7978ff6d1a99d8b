import { relate } from '../../rules/urls.js';
import { fetchRequest } from '../../verdict/page-request.js';
import { finding, probe, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';

/** Can the page read an answer, without and with credentials? */
export async function readWithout(patient: Patient): Promise<Probe> {
  return probe('GET', patient.blocked(await patient.verdicts(fetchRequest(patient.url, { credentials: 'omit' }))));
}

export async function readWithCredentials(patient: Patient): Promise<Probe> {
  const verdicts = await patient.verdicts(fetchRequest(patient.url, { credentials: 'include' }));
  const warnings = verdicts.flatMap((verdict) => verdict.warnings.map(({ code }) => finding(code, 'warning', patient)));
  return probe('GET with credentials', [...patient.blocked(verdicts), ...warnings]);
}

/** Cookies of another site: nothing that a server sends makes Safari keep them. */
export function crossSite(patient: Patient): Probe {
  const { page, url } = patient;
  const isOther = relate(page, new URL(url).origin) === 'cross-site';
  return probe(
    'One site',
    isOther ? [{ ...finding('CrossSiteCookies', 'warning', { page, url }), browsers: ['safari'] }] : [],
  );
}

const USEFUL =
  /^(?:etag|location|link|retry-after|ratelimit.*|x-ratelimit.*|x-request-id|x-total-count|content-disposition|content-range|www-authenticate)$/;

/** Which headers of the answer does a script see? */
export async function exposedHeaders(patient: Patient): Promise<Probe> {
  const [verdict] = await patient.verdicts(fetchRequest(patient.url, { credentials: 'include' }));
  const step = verdict?.steps.at(-1);
  if (verdict?.response?.type !== 'cors' || !step || 'failure' in step.answer) return probe('Exposed headers', []);
  const readable = new Set(verdict.response.headers.map(([name]) => name.toLowerCase()));
  const names = step.answer.headers.map(([name]) => name.toLowerCase());
  const hidden = [...new Set(names)].filter((name) => USEFUL.test(name) && !readable.has(name));
  const isStar = step.answer.headers.some(
    ([name, value]) => /^access-control-expose-headers$/i.test(name) && value.trim() === '*',
  );
  const at = { page: patient.page, url: patient.url, step };
  return probe('Exposed headers', [
    ...(isStar ? [finding('ExposeWildcardWithCredentials', 'warning', at)] : []),
    ...(hidden.length > 0 ? [finding('HeadersNotExposed', 'warning', { ...at, detail: hidden.join(', ') })] : []),
  ]);
}
