import type { LoggedRequest } from '../api/request-log';
import { apiUrl } from '../api/api-url';
import { cookieResultOf } from './cookie';
import { preflightReasons } from './preflight';

const cookieTags = { sent: 'Cookie sent', set: 'Cookie set', missing: 'No cookie' };

/** One request in the panel. */
export function RequestItem({ request }: { request: LoggedRequest }) {
  const { method, path, outcome, headers } = request;
  const preflight = preflightReasons({ url: apiUrl + path, method, headers }, location.origin);
  const cookieResult = cookieResultOf(request);
  return (
    <li
      data-method={method}
      data-path={path}
      data-outcome={typeof outcome === 'number' ? outcome : 'failed'}
      data-cookie={cookieResult}
      data-preflight={preflight.length > 0}
    >
      <div className="title-row">
        <code>
          <b>{method}</b> {path.replace(/cursor=[^&]+/, 'cursor=…')}
        </code>
        <span className="outcome">{outcome}</span>
      </div>
      {preflight.length > 0 && <span className="tag">Preflight: {preflight.join(', ')}</span>}
      {cookieResult !== 'not needed' && <span className="tag cookie">{cookieTags[cookieResult]}</span>}
    </li>
  );
}
