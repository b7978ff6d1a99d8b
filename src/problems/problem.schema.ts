import { z } from 'zod';

/** The problem types of this API beside `about:blank` (RFC 9457, section 3.1.1). */
export const problemTypes = {
  'urn:problem:invalid-input': 'The input breaks the rules of its schema; `errors` names every invalid field.',
  'urn:problem:preflight-refused': 'The CORS preflight asks for an origin or a method that is not allowed.',
  'urn:problem:cross-origin-request-refused': 'A page of an origin that is not allowed sent an unsafe request (CSRF).',
  'urn:problem:refresh-token-reused': 'The refresh token was replaced before. The session has ended.',
  'urn:problem:too-many-requests': 'A rate limit is exceeded; `Retry-After` says for how many seconds.',
} as const;

export type ProblemType = keyof typeof problemTypes;

/** RFC 9457, section 3.1: `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'The problem type: about:blank, or a URN of this API' }),
    title: z.string().meta({ description: 'The HTTP status in words' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What went wrong, and what to change' }),
    instance: z.string().meta({ description: 'The path of the request' }),
    requestId: z.string().meta({ description: 'The id of the request in the log' }),
    errors: z
      .array(z.object({ path: z.string().meta({ description: 'The field, as in price.amount' }), message: z.string() }))
      .optional()
      .meta({ description: 'Every invalid field of the input' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

/** One invalid field of the input. */
export type FieldError = NonNullable<Problem['errors']>[number];
