import type { browserNames } from '../rules/browsers.js';

/** What there is to say about a code. `{url}`, `{origin}` and `{detail}` are filled in. */
export interface Explanation {
  /** What happened, in one sentence. */
  title: string;
  /** The one thing that has to change. */
  cure: string;
  /** What the browser writes to its console; a browser that writes nothing is missing. */
  console?: Partial<Record<(typeof browserNames)[number], string>>;
}

export type Explanations = Readonly<Record<string, Explanation>>;
