import type { components } from './schema';

type ProblemDocument = components['schemas']['Problem'];
export type FieldError = NonNullable<ProblemDocument['errors']>[number];

/** An error response of the API (RFC 9457). `errors` name the invalid fields by their path in the body. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

/** The error page of a proxy is no problem document: then the message is the status. */
export function toProblem(response: Response, body: unknown): Problem {
  const { detail, errors } = isProblemDocument(body) ? body : { detail: `The response was ${statusOf(response)}.` };
  return new Problem(response.status === 429 ? tooManyRequests(response) : detail, response.status, errors);
}

/** `Retry-After` has seconds. */
function tooManyRequests({ headers }: Response): string {
  const minutes = Math.ceil(Number(headers.get('Retry-After') ?? 60) / 60);
  return `Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
}

const statusOf = ({ status, statusText }: Response) => `${status} ${statusText}`.trim();

function isProblemDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'detail' in body;
}

/** The message for the user. */
export function describeError(error: Error): string {
  return error instanceof SyntaxError ? `The response does not come from the API. (${error.message})` : error.message;
}
