import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';

/** What belongs to the request being served, wherever the code that asks is. */
export interface RequestContext {
  readonly requestId: string;
  /** The address of the client, through the proxies of `TRUST_PROXY`. */
  readonly ip: string;
  readonly response: ServerResponse;
  /** Of OpenTelemetry, once the request has a span. */
  traceId?: string;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** The id of the request being served, undefined outside of one. */
export function requestId(): string | undefined {
  return requestContext.getStore()?.requestId;
}

/** The id of the trace of the request being served, undefined outside of one and without traces. */
export function traceId(): string | undefined {
  return requestContext.getStore()?.traceId;
}

/** The address of the client whose request is being served, undefined outside of one. */
export function clientIp(): string | undefined {
  return requestContext.getStore()?.ip;
}

/** @returns a function that takes the listener away again: a response that was sent whole is closed too */
export function onClientDisconnect(listener: () => void): () => void {
  const response = requestContext.getStore()?.response;
  response?.once('close', listener);
  return () => response?.off('close', listener);
}

/** @returns a function that tells at any later time whether the client of the present request has disconnected */
export function clientDisconnectCheck(): () => boolean {
  const response = requestContext.getStore()?.response;
  return () => response?.destroyed ?? false;
}
