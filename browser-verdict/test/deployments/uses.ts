/** One thing that a person does in a browser. */
export interface Act {
  /** Default: `fetch`. A sandboxed frame calls `fetch` too, from the origin `null`. */
  by?: 'fetch' | 'sandboxed frame' | 'form' | 'address bar';
  /** The origin of the page. Default: the page of the deployment. */
  from?: string;
  /** In the browser of somebody else: with other cookies and another cache. */
  elsewhere?: boolean;
  /** Default: the URL of the API. */
  path?: string;
  /** Of `fetch`, which includes credentials. */
  init?: { method?: string; headers?: Record<string, string>; body?: string };
}

export type Ending = 'answered' | 'refused' | 'with a cookie' | 'without a cookie';

/** What a broken deployment breaks. */
export interface Use {
  /** The last one is a `fetch`. */
  acts: readonly Act[];
  /** How the last one ends in the cured deployment; in the broken one it ends in the opposite way. */
  ends: Ending;
  /** What Chromium calls the cause (DevTools protocol). Default: the code of the finding. Null: nothing is blocked. */
  reason?: string | null;
}

export const opposite: Record<Ending, Ending> = {
  answered: 'refused',
  refused: 'answered',
  'with a cookie': 'without a cookie',
  'without a cookie': 'with a cookie',
};

const json = { 'Content-Type': 'application/json' };
const logIn: Act = { path: '/log-in', init: { method: 'POST', headers: json, body: '{}' } };
const logOut: Act = { path: '/log-out', init: { method: 'POST' } };

export const reads: Use = { acts: [{}], ends: 'answered' };
export const writes: Use = { acts: [{ init: { method: 'PATCH', headers: json, body: '{}' } }], ends: 'answered' };
export const readsError: Use = { acts: [{ path: '/nowhere' }], ends: 'answered' };
export const staysLoggedIn: Use = { acts: [logIn, {}], ends: 'with a cookie' };
export const logsOut: Use = { acts: [logIn, logOut, {}], ends: 'without a cookie', reason: null };

/** What nobody but the page should be able to do. */
export const isRead = ({ from, by }: Pick<Act, 'from' | 'by'>): Use => ({
  acts: [{ ...(from ? { from } : {}), ...(by ? { by } : {}) }],
  ends: 'refused',
  reason: null,
});
export const isLoggedInBy = (from: string): Use => ({
  acts: [{ by: 'form', from, path: '/log-in' }, {}],
  ends: 'without a cookie',
  reason: null,
});
