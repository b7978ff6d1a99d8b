import { getHeader } from '../../rules/header-list.js';
import { finding, probe, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';

/** Does a slash more or less redirect? */
export async function trailingSlash(patient: Patient): Promise<Probe> {
  const url = new URL(patient.url);
  if (url.pathname === '/') return probe('Trailing slash', []);
  url.pathname = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`;
  const step = await patient.ask([['Origin', patient.page]], { url: url.href });
  const { answer } = step;
  if ('failure' in answer || ![301, 302, 303, 307, 308].includes(answer.status)) return probe('Trailing slash', []);
  const detail = `${url.pathname} redirects to ${getHeader(answer.headers, 'location') ?? ''}`;
  return probe('Trailing slash', [
    finding('RedirectingPath', 'warning', { page: patient.page, url: url.href, detail, step }),
  ]);
}
