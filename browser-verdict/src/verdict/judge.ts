import type { BrowserSession } from './browser-session.js';
import { fetchSteps } from './fetch.js';
import type { PageRequest } from './page-request.js';
import type { PageContext, Verdict } from './verdict.js';
import type { WireAnswer, WireRequest } from './wire.js';

/** The verdict over one request, with a function that knows the server's answers. */
export function judge(
  session: BrowserSession,
  page: PageContext,
  request: PageRequest,
  answer: (wire: WireRequest) => WireAnswer,
): Verdict {
  const steps = fetchSteps(session, page, request);
  let next = steps.next();
  while (!next.done) next = steps.next(answer(next.value));
  return next.value;
}

/** The same with a server that has to be asked. */
export async function judgeLive(
  session: BrowserSession,
  page: PageContext,
  request: PageRequest,
  answer: (wire: WireRequest) => Promise<WireAnswer>,
): Promise<Verdict> {
  const steps = fetchSteps(session, page, request);
  let next = steps.next();
  while (!next.done) next = steps.next(await answer(next.value));
  return next.value;
}
