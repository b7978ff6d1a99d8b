import { record } from './traffic';

/** The one place that says it: without `include`, the browser neither keeps nor sends the cookies of another origin. */
const credentials = 'include';

/** `fetch`, with the cookies, noted for the panel. */
export async function send(request: Request): Promise<Response> {
  const note = record(request);
  try {
    const response = await fetch(request, { credentials });
    note(response.status);
    return response;
  } catch (error) {
    note(request.signal.aborted ? 'cancelled' : 'hidden');
    throw error;
  }
}
