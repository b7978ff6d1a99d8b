import { browserNames, browsers, isLoopback, siteOf } from 'browser-verdict';
import { parse } from 'tldts';
import { simulateLogIn } from './simulated-log-in.js';
import { isNative, relate, SUFFIXES } from './site.js';

/** What works, but not as most people expect: for the log at start. */
export function siteWarnings(
  apiUrl: URL,
  frontends: readonly string[],
  { production }: { production: boolean },
): string[] {
  const api = apiUrl.href.replace(/\/$/, '');
  const native = frontends.filter(isNative);
  const web = frontends.filter((frontend) => !isNative(frontend));
  const foreign = web.filter((frontend) => relate(api, frontend) === 'cross-site');
  const local = web.filter((frontend) => isLoopback(new URL(frontend).hostname));
  const mixed = foreign.filter((frontend) => frontend.startsWith('http:'));
  const { protocol, hostname } = apiUrl;
  return [
    ...warnOfBrowsers(apiUrl, web),
    ...(native.length > 0 ? [`Pages of ${list(native)} keep no cookies of ${api}: let these apps use tokens.`] : []),
    ...(production && local.length > 0 && local.length < frontends.length ? [warnOfLoopback(local)] : []),
    ...hostingSuffixes([api, ...foreign]).map(
      (suffix) => `${suffix} is a public suffix: all names below it are different sites.`,
    ),
    ...(mixed.length > 0
      ? [`Over plain http, ${list(mixed)} can be no site of an https API, whatever the host name.`]
      : []),
    ...(protocol === 'http:' && !isLoopback(hostname)
      ? [`${api} is plain http: anyone on the network path can read the cookies. Production refuses it.`]
      : []),
  ];
}

/** A list of origins may have thousands, and each start would simulate them all. */
const maxSimulatedSites = 500;

/** One line for each browser in which a page does not stay logged in, in the words of its verdict, and one for partitions. */
function warnOfBrowsers(apiUrl: URL, frontends: string[]): string[] {
  const pages = new Map(frontends.map((frontend) => [siteOf(frontend.replace('*', 'any')), frontend]));
  const logIns = [...pages.values()].slice(0, maxSimulatedSites).flatMap((frontend) => {
    const page = frontend.replace('*', 'any');
    return browserNames.map((browser) => ({ frontend, ...simulateLogIn(apiUrl, page, browser) }));
  });
  const failures = browserNames.flatMap((browser) => {
    const failed = logIns.filter((logIn) => logIn.browser === browser && logIn.reason !== undefined);
    const reason = failed[0]?.reason;
    return reason
      ? [`${browsers[browser].title}, on pages of ${listPages(failed)}: ${reason.title} ${reason.cure}`]
      : [];
  });
  const partitioned = logIns.filter(({ isPartitioned }) => isPartitioned);
  if (partitioned.length === 0) return failures;
  const titles = unique(partitioned.map(({ browser }) => browsers[browser].title)).join(' and ');
  return [...failures, `${titles} keep the cookies apart for each site of pages, as for ${listPages(partitioned)}.`];
}

const listPages = (logIns: { frontend: string }[]) => list(unique(logIns.map(({ frontend }) => frontend)));
const unique = (names: string[]) => [...new Set(names)];

const warnOfLoopback = (local: string[]) =>
  `In production, any program on the computer of a user that serves ${list(local)} may call this API with the cookies of ` +
  'that user. Allow it only where developers need it.';

/** The public suffixes of companies among the hosts, such as vercel.app: most people take them for one site. */
function hostingSuffixes(urls: string[]): string[] {
  const parsed = urls.map((url) => parse(url.replace('*', 'any'), SUFFIXES));
  return unique(parsed.flatMap(({ isPrivate, publicSuffix }) => (isPrivate && publicSuffix ? [publicSuffix] : [])));
}

function list(names: readonly string[]): string {
  const others = names.length - 3;
  return names.slice(0, 3).join(', ') + (others > 0 ? ` and ${others} more` : '');
}
