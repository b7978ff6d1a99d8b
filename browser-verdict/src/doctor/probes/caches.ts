import { randomUUID } from 'node:crypto';
import { corsCheck } from '../../rules/cors-check.js';
import { getHeader, variesByOrigin, type HeaderList } from '../../rules/header-list.js';
import type { WireAnswer } from '../../verdict/wire.js';
import { finding, probe, type Probe } from '../findings.js';
import type { Patient } from '../patient.js';
import { foreignOrigin } from './strangers.js';

/** Would a cache mix the answers to different origins? */
export async function caches(patient: Patient): Promise<Probe> {
  const { page } = patient;
  const url = freshUrl(patient.url);
  // In this order: a cache keeps the first.
  const without = await patient.ask([], { url });
  const own = await patient.ask([['Origin', page]], { url });
  const foreign = await patient.ask([['Origin', foreignOrigin]], { url: freshUrl(patient.url) });
  const untouched = await patient.ask([['Origin', page]], { url: freshUrl(patient.url) });
  const at = { page, url: patient.url, step: own };
  if (!isAllowed(own.answer, page) && isAllowed(untouched.answer, page))
    return probe('Caches', [finding('CacheWithoutVary', 'blocked', at)]);
  const answers = [without, untouched, foreign].map(({ answer }) => answer);
  const differ = new Set(answers.map(allowedBy)).size > 1;
  const lacking = answers.find((answer) => differ && !variesByOrigin(headersOf(answer)));
  if (lacking === undefined) return probe('Caches', []);
  return probe('Caches', [finding('VaryMissing', isCacheable(lacking) ? 'blocked' : 'warning', at)]);
}

function freshUrl(url: string): string {
  const fresh = new URL(url);
  fresh.searchParams.set('browser-verdict', randomUUID());
  return fresh.href;
}

const headersOf = (answer: WireAnswer): HeaderList => ('failure' in answer ? [] : answer.headers);

const isAllowed = (answer: WireAnswer, origin: string) => corsCheck(headersOf(answer), origin, 'omit') === undefined;

const allowedBy = (answer: WireAnswer) => getHeader(headersOf(answer), 'access-control-allow-origin');

/** Does the server itself say that it may be kept? RFC 9111, section 3. */
const isCacheable = (answer: WireAnswer) => {
  const control = getHeader(headersOf(answer), 'cache-control') ?? '';
  return /(?:^|[\s,])(?:public|(?:s-)?max-age=[1-9])/i.test(control) && !/no-store/i.test(control);
};
