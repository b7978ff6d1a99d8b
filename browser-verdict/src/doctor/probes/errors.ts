import { randomUUID } from 'node:crypto';
import { corsCheck } from '../../rules/cors-check.js';
import type { HeaderList } from '../../rules/header-list.js';
import { fetchRequest } from '../../verdict/page-request.js';
import { finding, probe, type Finding, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';

/** Do errors carry the CORS headers? */
export async function unknownPath(patient: Patient): Promise<Probe> {
  const url = patient.at(`/browser-verdict-${randomUUID()}`);
  const verdicts = await patient.verdicts(fetchRequest(url, { credentials: 'include' }), { fresh: true });
  const blocked = patient.blocked(verdicts).filter(({ code }) => code === 'MissingAllowOriginHeader');
  const [first] = blocked;
  if (!first?.exchange || 'failure' in first.exchange.answer) return probe('Unknown path', patient.blocked(verdicts));
  const detail = String(first.exchange.answer.status);
  return probe('Unknown path', [withoutCors(patient, detail, first.exchange)]);
}

/** Safe methods and large cookies: no page can send the first without a preflight, but many a proxy answers so itself. */
export async function otherErrors(patient: Patient): Promise<Probe> {
  const origin: HeaderList = [['Origin', patient.page]];
  const wrong = await patient.ask(origin, { method: 'PROPFIND' });
  const large = await patient.ask([...origin, ['Cookie', `browser-verdict=${'x'.repeat(17_000)}`]]);
  return probe(
    'Other errors',
    [wrong, large].flatMap((each) => judgeError(patient, each)),
  );
}

function judgeError(patient: Patient, { request, answer }: Awaited<ReturnType<Patient['ask']>>): Finding[] {
  if ('failure' in answer || answer.status < 400) return [];
  if (corsCheck(answer.headers, patient.page, 'include')?.code !== 'MissingAllowOriginHeader') return [];
  const headers = request.headers.map(([name, value]) => [name, name === 'Cookie' ? '…' : value] as const);
  return [withoutCors(patient, String(answer.status), { request: { ...request, headers }, answer })];
}

const withoutCors = ({ page, url }: Patient, detail: string, step: NonNullable<Finding['exchange']>) =>
  finding('ErrorWithoutCors', 'warning', { page, url, detail, step });
