import type { HeaderList } from '../rules/header-list.js';

/** What a browser sends. */
export interface WireRequest {
  kind: 'preflight' | 'request';
  method: string;
  url: string;
  headers: HeaderList;
  /** The body of the page's request goes along. */
  hasBody: boolean;
}

/** What comes back. Values are strings of bytes or Unicode; each `Set-Cookie` is an entry of its own. */
export interface WireResponse {
  status: number;
  headers: HeaderList;
}

/** Nothing that is HTTP came back: a code of `networkReasons`. */
export interface WireFailure {
  failure: string;
  detail?: string;
}

export type WireAnswer = WireResponse | WireFailure;
