import type { BlockedCookie } from '../cookies/cookie.js';
import type { Reason } from '../reasons/explain.js';
import type { BrowserName } from '../rules/browsers.js';
import type { HeaderList } from '../rules/header-list.js';
import type { AddressSpace } from '../rules/local-network.js';
import type { ReferrerPolicy } from '../rules/origin-header.js';
import type { ResponseType } from '../rules/response-headers.js';
import type { WireAnswer, WireRequest } from './wire.js';

/** The page that makes a request. */
export interface PageContext {
  /** As the browser serialises it: `https://app.example.com`, or `null`. */
  origin: string;
  /** The page in the address bar and the frames between it and this one, outermost first. Default: this page is in the address bar. */
  ancestors?: readonly string[];
  referrerPolicy?: ReferrerPolicy;
  addressSpace?: AddressSpace;
  /** A click of the user makes the request. */
  userActivated?: boolean;
  /** The user typed the address: no page asks. */
  byUser?: boolean;
}

/** One exchange with the server. */
export interface Step {
  request: WireRequest;
  answer: WireAnswer;
  /** `redirected`: another request follows. */
  judgement: 'passed' | 'redirected' | 'blocked';
  reason?: Reason;
}

/** What a script sees of the answer. */
export interface ReadableResponse {
  type: ResponseType;
  status: number;
  headers: HeaderList;
  url: string;
  redirected: boolean;
}

/** What a browser does with one request of a page. */
export interface Verdict {
  browser: BrowserName;
  /** `opaque`: it was sent and answered, but the page cannot read the answer. */
  outcome: 'readable' | 'opaque' | 'blocked';
  /** Why it is blocked. */
  reason?: Reason;
  /** True: an error of the call itself, before anything was decided about the network. */
  isCallError: boolean;
  steps: Step[];
  cookies: {
    /** Names, with the URL they went to; in the order of the wire. */
    sent: { name: string; url: string }[];
    stored: { name: string; url: string; partitioned: boolean; expired: boolean }[];
    blocked: (BlockedCookie & { url: string; on: 'send' | 'store'; explained: Reason[] })[];
  };
  warnings: Reason[];
  response?: ReadableResponse;
}
