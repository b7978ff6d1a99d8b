import { ConnectionError, findConnectionFailure } from './connection-error';
import { logRequest } from './request-log';

/** Without `include`, the browser neither stores nor sends the cookies of another origin. It is set only here. */
const credentials = 'include';

/** `fetch` with cookies. Every request appears in the request log. @throws ConnectionError */
export async function send(request: Request): Promise<Response> {
  const setOutcome = logRequest(request);
  try {
    const response = await fetch(request, { credentials });
    setOutcome(response.status);
    return response;
  } catch (error) {
    if (request.signal.aborted) {
      setOutcome('aborted');
      throw error;
    }
    const failure = await findConnectionFailure();
    setOutcome(failure);
    throw new ConnectionError(failure);
  }
}
