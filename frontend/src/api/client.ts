import createClient from 'openapi-fetch';
import { apiUrl } from './api-url';
import { toProblem } from './problem';
import { refreshSession } from './refresh';
import type { components, paths } from './schema';
import { send } from './send';

export type Schemas = components['schemas'];

/** The query of the list at each of these paths. */
export type Queries = {
  [Path in '/posts' | '/categories' | '/products']: NonNullable<paths[Path]['get']['parameters']['query']>;
};

/** A client with the types of the API: an unknown path, field or status does not compile. */
export const api = createClient<paths>({ baseUrl: apiUrl, fetch: sendWithRefresh });

/** An access token lives for minutes. When it has expired, the session is refreshed and the request is sent again. */
async function sendWithRefresh(request: Request): Promise<Response> {
  const sentAt = Date.now();
  const copy = request.clone(); // The body of a request can be read only once.
  const response = await send(request);
  const isUnauthorized = response.status === 401 && !request.url.endsWith('/log-in');
  return isUnauthorized && (await refreshSession(sentAt)) ? send(copy) : response;
}

/** For a change that is meant whatever the version is, such as a deletion. An API with `IF_MATCH=required` demands it. */
export const anyVersion = { 'If-Match': '*' };

/** As `openapi-fetch` returns it. */
interface FetchResult<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of a successful response. @throws Problem */
export async function unwrap<Data>(call: Promise<FetchResult<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw toProblem(response, error);
  return data as Data;
}

/** An item, and the entity tag of its version, for `If-Match`. */
export interface Tagged<Item> {
  item: Item;
  /** Undefined when the page may not read it. */
  entityTag: string | undefined;
}

/**
 * A proxy that compresses a response makes its entity tag weak, as in `W/"..."`, which never matches `If-Match`. The version that
 * it names is the same (RFC 9110, sections 8.8.1 and 13.1.1). @throws Problem
 */
export async function unwrapTagged<Item>(call: Promise<FetchResult<Item>>): Promise<Tagged<Item>> {
  const item = await unwrap(call);
  return { item, entityTag: (await call).response.headers.get('ETag')?.replace(/^W\//, '') };
}

/** A page of a list, with the cursor of the next page from `Link: <...>; rel="next"` (RFC 8288). @throws Problem */
export async function unwrapPage<Data extends object>(
  call: Promise<FetchResult<Data>>,
): Promise<Data & { next?: string }> {
  const page = await unwrap(call);
  const link = /<([^>]+)>; rel="next"/.exec((await call).response.headers.get('Link') ?? '')?.[1];
  return { ...page, next: link && (new URL(link, apiUrl).searchParams.get('cursor') ?? undefined) };
}
