import { useSyncExternalStore } from 'react';
import { apiUrl } from '../api/address';
import { traffic, type Exchange } from '../api/traffic';
import { cookieFact, cookieOf } from './cookie';
import { mayShareCookies, relationOf } from './site';
import { useCorsFact } from './use-cors-fact';

const relation = relationOf(new URL(location.href), new URL(apiUrl), mayShareCookies);

const relations = {
  'same origin': 'Same origin: no CORS at all, and cookies always travel.',
  'same site': 'Two origins, one site: CORS applies, and cookies with SameSite=Lax travel.',
  'cross-site': 'Two sites: CORS applies. Cookies need SameSite=None; Secure, and Safari refuses even those.',
};

const cookies = {
  arrived: 'Arrived: the API knows who you are. No script can read it (HttpOnly), this page included.',
  lost: 'Did not arrive, although the log-in set it: the browser did not keep it, or did not send it.',
  none: 'None that counts: you are not logged in.',
  unknown: 'No answer yet that would tell.',
};

const cors = {
  readable: 'The API lets this page read its answers.',
  refused: `The API runs, but hides its answers from this page. Is ${location.origin} in its FRONTEND_URL?`,
  unreachable: 'The API cannot be reached. Does it run, and at this address?',
  unknown: 'No answer yet.',
};

/** For whoever debugs a cross-origin set-up: what this page knows of it, before the developer tools are opened. */
export function BrowserPanel() {
  const exchanges = useSyncExternalStore(traffic.subscribe, traffic.read);
  const cookie = cookieFact(exchanges);
  const answers = useCorsFact(exchanges);
  return (
    // It scrolls on a desktop, so the keyboard has to reach it.
    <aside aria-labelledby="browser" tabIndex={0}>
      <h2 id="browser">What the browser sees</h2>
      <dl>
        <Fact name="Page" value={location.origin} />
        <Fact name="API" value={apiUrl} />
        <Fact name="Relation" value={relations[relation]} state={relation} />
        <Fact name="Answers" value={cors[answers]} state={answers} />
        <Fact name="Cookie" value={cookies[cookie]} state={cookie} />
      </dl>
      <h3 id="requests">Requests, newest first</h3>
      <ol aria-labelledby="requests">
        {exchanges.map((exchange) => (
          <ExchangeItem key={exchange.id} exchange={exchange} />
        ))}
      </ol>
      <p>
        <b>Preflight</b>: the browser first asks with OPTIONS whether it may send this, because of what is named; for up
        to two hours it remembers the answer.
      </p>
    </aside>
  );
}

function Fact({ name, value, state }: { name: string; value: string; state?: string }) {
  return (
    <div data-fact={name.toLowerCase()} data-state={state}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function ExchangeItem({ exchange }: { exchange: Exchange }) {
  const { method, path, outcome, preflight } = exchange;
  const cookie = cookieOf(exchange);
  return (
    <li
      data-method={method}
      data-path={path}
      data-outcome={outcome}
      data-cookie={cookie}
      data-preflight={preflight.length > 0}
    >
      <div className="headline">
        <code>
          <b>{method}</b> {path.replace(/cursor=[^&]+/, 'cursor=…')}
        </code>
        <span className="outcome">{outcome}</span>
      </div>
      {preflight.length > 0 && <span className="tag">Preflight: {preflight.join(', ')}</span>}
      {cookie !== 'not needed' && <span className="tag cookie">Cookie {cookie}</span>}
    </li>
  );
}
