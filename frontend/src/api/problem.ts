import type { components } from './schema';

type ProblemDocument = components['schemas']['Problem'];
export type FieldError = NonNullable<ProblemDocument['errors']>[number];

/** What the API says is wrong: RFC 9457. `errors` name the fields, by the path they have in the body. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

/** An error page of something in between is no problem document: then the status has to do. */
export function toProblem(response: Response, body: unknown): Problem {
  const { detail, errors } = isProblemDocument(body) ? body : { detail: `The answer was ${status(response)}.` };
  const seconds = response.headers.get('Retry-After');
  const wait = response.status === 429 && seconds !== null ? ` Try again in ${seconds} seconds.` : '';
  return new Problem(detail + wait, response.status, errors);
}

const status = ({ status, statusText }: Response) => `${status} ${statusText}`.trim();

function isProblemDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'detail' in body;
}

/** In words for whoever uses the page. */
export function explain(error: Error): string {
  if (error instanceof SyntaxError) return `What answered is not the API. (${error.message})`;
  return error instanceof TypeError ? `${noAnswer} (${error.message})` : error.message;
}

/** All that `fetch` tells a script. */
const noAnswer =
  'There was no answer that this page may read: the API is not running, or it does not allow this origin and the ' +
  'browser hid the answer. “What the browser sees” says which.';
