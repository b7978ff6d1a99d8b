import type { BrowserName } from '../rules/browsers.js';
import { cookieReasons } from './cookies.js';
import { corsReasons } from './cors.js';
import { doctorReasons } from './doctor.js';
import { networkReasons } from './network.js';
import type { Explanation, Explanations } from './reason.js';
import { requestReasons } from './requests.js';

/** Every code that a verdict may have, with what there is to say about it. */
export const explanations: Explanations = {
  ...corsReasons,
  ...cookieReasons,
  ...requestReasons,
  ...networkReasons,
  ...doctorReasons,
};

/** A code with the words for one request in one browser. */
export interface Reason {
  code: string;
  /** What was wrong: a header's value, a method, the name of a cookie. */
  detail: string | undefined;
  title: string;
  cure: string;
  /** What this browser writes to its console; undefined: nothing. */
  console: string | undefined;
}

export interface ReasonContext {
  browser: BrowserName;
  origin: string;
  url: string;
}

/** The words for a code. */
export function explain(code: string, detail: string | undefined, context: ReasonContext): Reason {
  const known = Object.hasOwn(explanations, code) ? explanations[code] : undefined;
  const { title, cure, console }: Explanation = known ?? { title: code, cure: 'Read the answer of the server.' };
  const { browser, origin, url } = context;
  const fill = (text: string) =>
    text.replace(/\{(url|origin|detail)\}/g, (_, key: string) => ({ url, origin })[key] ?? shorten(detail ?? ''));
  const words = console?.[browser === 'webkitgtk' ? 'safari' : browser];
  return { code, detail, title: fill(title), cure: fill(cure), console: words === undefined ? undefined : fill(words) };
}

const shorten = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
