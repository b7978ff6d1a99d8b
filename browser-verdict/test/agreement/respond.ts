import type { Answer, Case, Hop, Place } from './case.js';
import type { HeaderList } from '../../src/rules/header-list.js';

/** The names of one run of a case: nothing of it is shared with another one. */
export class Names {
  constructor(
    readonly run: string,
    readonly scenario: Case,
  ) {}

  get page(): string {
    return `${this.scenario.scheme}://${this.host('page')}`;
  }

  host(place: Place): string {
    return {
      page: `app.a${this.run}.com`,
      sibling: `api.a${this.run}.com`,
      foreign: `api.b${this.run}.com`,
      other: `api.c${this.run}.net`,
    }[place];
  }

  /** The URL of a hop; the page's own scheme is used at the page's own place. */
  hop(index: number): string {
    const { place, scheme, userInfo } =
      this.scenario.hops[index] ?? ({ place: 'page', scheme: 'https', userInfo: false } as Hop);
    return `${place === 'page' ? this.scenario.scheme : scheme}://${userInfo ? 'user:pass@' : ''}${this.host(place)}/${this.run}/hop/${String(index)}`;
  }

  /** A URL at the host of the first hop. */
  first(path: string): string {
    return new URL(`/${this.run}/${path}`, this.hop(0)).href;
  }
}

export interface Responded {
  status: number;
  headers: HeaderList;
  body: string | Buffer;
}

/** With an icon, or the browser asks for /favicon.ico. */
const html = '<!doctype html><link rel=icon href="data:,"><title>page</title>';
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** What the servers of a case answer: to a browser, and to the simulator alike. */
export function respond(names: Names, method: string, url: URL, isPreflight: boolean): Responded {
  const [, , kind, index] = url.pathname.split('/');
  if (kind === 'set')
    return page(names.scenario.cookies.map((line) => ['Set-Cookie', fill(names, url, line)] as const));
  const hop = kind === 'hop' ? names.scenario.hops[Number(index)] : undefined;
  if (!hop) return page([]);
  const { status, headers } = isPreflight ? hop.preflight : hop.answer;
  const filled = headers.map(([name, value]) => [name, fill(names, url, value)] as const);
  return {
    status,
    headers: [...filled, ...extras(names, { status, headers }, Number(index), isPreflight)],
    body: isPreflight || method === 'HEAD' ? '' : bodyFor(names),
  };
}

const page = (headers: HeaderList): Responded => ({
  status: 200,
  headers: [['Content-Type', 'text/html'], ['Cache-Control', 'no-store'], ...headers],
  body: html,
});

function fill(names: Names, { hostname }: URL, value: string): string {
  return value.replaceAll('$page', names.page).replaceAll('$domain', hostname.split('.').slice(-2).join('.'));
}

function extras(names: Names, { status }: Answer, index: number, isPreflight: boolean): HeaderList {
  const location =
    status >= 300 && status < 400 ? [['Location', isPreflight ? names.hop(index) : names.hop(index + 1)] as const] : [];
  const seen = isPreflight
    ? []
    : [['X-Seen', '1'] as const, ['X-Hidden', '1'] as const, ['Content-Type', typeFor(names)] as const];
  return [['Cache-Control', 'no-store'], ...location, ...seen];
}

function typeFor({ scenario: { asking } }: Names): string {
  const types = {
    image: 'image/gif',
    script: 'text/javascript',
    'event-source': 'text/event-stream',
    form: 'text/html',
    link: 'text/html',
  } as const;
  return asking.kind in types ? types[asking.kind as keyof typeof types] : 'text/plain';
}

function bodyFor({ scenario: { asking } }: Names): string | Buffer {
  const bodies = { image: pixel, script: '1;', 'event-source': 'data: 1\n\n', form: html, link: html } as const;
  return asking.kind in bodies ? bodies[asking.kind as keyof typeof bodies] : 'x';
}
