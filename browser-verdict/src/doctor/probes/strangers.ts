import { getHeader } from '../../rules/header-list.js';
import { isIpAddress, isLoopback, registrableDomain } from '../../rules/urls.js';
import { finding, probe, type Finding, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';

export const foreignOrigin = 'https://browser-verdict.invalid';

/** Is anybody let in who should not be? */
export async function strangers(patient: Patient): Promise<Probe> {
  if (await lets(patient, foreignOrigin))
    return probe('Strangers', await found(patient, 'OriginReflected', foreignOrigin));
  const page = new URL(patient.page);
  const findings = await Promise.all([
    found(patient, 'NullOriginAllowed', 'null'),
    ...lookAlikes(page).map((origin) => found(patient, 'LookAlikeOriginAllowed', origin)),
    ...(page.protocol === 'https:' ? [found(patient, 'PlainHttpOriginAllowed', `http://${page.host}`)] : []),
  ]);
  return probe('Strangers', findings.flat());
}

/** What careless comparisons take for the page: a prefix, a suffix, a dot that stands for any character. */
function lookAlikes({ protocol, hostname, host }: URL): string[] {
  if (isLoopback(hostname) || isIpAddress(hostname))
    return [`${protocol}//${host.replace(/:\d+$/, '')}.browser-verdict.invalid`];
  const domain = registrableDomain(hostname) ?? hostname;
  return [
    `${protocol}//${hostname}.browser-verdict.invalid`,
    `${protocol}//browserverdict${domain}`,
    ...(hostname.split('.').length > 2 ? [`${protocol}//${hostname.replace('.', 'x')}`] : []),
  ];
}

async function found(patient: Patient, code: string, origin: string): Promise<Finding[]> {
  const step = await ask(patient, origin);
  if (!(await lets(patient, origin))) return [];
  return [finding(code, 'danger', { page: patient.page, url: patient.url, detail: origin, step })];
}

const ask = (patient: Patient, origin: string) =>
  patient.ask([
    ['Origin', origin],
    ['Sec-Fetch-Site', 'cross-site'],
  ]);

/** With credentials: else it is no more than `*`, which anybody may have. */
async function lets(patient: Patient, origin: string): Promise<boolean> {
  const { answer } = await ask(patient, origin);
  if ('failure' in answer) return false;
  return (
    getHeader(answer.headers, 'access-control-allow-origin') === origin &&
    getHeader(answer.headers, 'access-control-allow-credentials') === 'true'
  );
}
