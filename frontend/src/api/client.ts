import createClient from 'openapi-fetch';
import { apiUrl } from './address';
import { toProblem } from './problem';
import { refreshSession } from './refresh';
import type { components, paths } from './schema';
import { send } from './send';

export type Schemas = components['schemas'];

/** Calls the API by its own types: a path, a field or a status that does not exist does not compile. */
export const api = createClient<paths>({ baseUrl: apiUrl, fetch: sendWithSession });

/** An access token lives for minutes. When it has expired, the session is refreshed and the request is sent once more. */
async function sendWithSession(request: Request): Promise<Response> {
  const sentAt = Date.now();
  const again = request.clone(); // The body of a request can be read once.
  const response = await send(request);
  const isRefused = response.status === 401 && !request.url.endsWith('/log-in');
  return isRefused && (await refreshSession(sentAt)) ? send(again) : response;
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** What the API answered. @throws Problem */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw toProblem(response, error);
  return data as Data;
}

/** A page of a list, with the cursor of the next one out of `Link: <...>; rel="next"` (RFC 8288). */
export async function pageOf<Data extends object>(call: Promise<Answer<Data>>): Promise<Data & { next?: string }> {
  const page = await answerOf(call);
  const link = /<([^>]+)>; rel="next"/.exec((await call).response.headers.get('Link') ?? '')?.[1];
  return { ...page, next: link && (new URL(link, apiUrl).searchParams.get('cursor') ?? undefined) };
}
