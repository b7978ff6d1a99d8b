import {
  BrowserSession,
  browserNames,
  fetchRequest,
  judge,
  type BrowserName,
  type HeaderList,
} from '../../browser-verdict/src/index.js';

interface Answer {
  status: number;
  headers: HeaderList;
}

/** What each browser does with an answer to a page that asks with cookies: a code of `docs/reasons`, or what the page can read. */
export function readByPage(
  answer: Answer,
  origin: string,
): Record<BrowserName, string | { status: number; headers: string[] }> {
  const read = (browser: BrowserName) => {
    const request = fetchRequest('https://api.example.com/', { credentials: 'include' });
    const { reason, response } = judge(new BrowserSession(browser), { origin }, request, () => answer);
    return response === undefined
      ? (reason?.code ?? 'blocked')
      : { status: response.status, headers: response.headers.map(([name]) => name.toLowerCase()) };
  };
  return Object.fromEntries(browserNames.map((browser) => [browser, read(browser)])) as ReturnType<typeof readByPage>;
}
