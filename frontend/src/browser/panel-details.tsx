import { relate } from 'browser-verdict';
import { apiUrl } from '../api/api-url';
import type { LoggedRequest } from '../api/request-log';
import { cookieStatusOf } from './cookie';
import { explainBlockedCookie } from './cookie-verdict';
import { corsStatusOf } from './cors';
import { currentBrowser } from './current-browser';
import { RequestItem } from './request-item';
import { cookieTexts, corsTexts, siteRelationTexts } from './texts';

const siteRelation = relate(location.origin, new URL(apiUrl).origin);
const blocked = explainBlockedCookie(location.origin, apiUrl, currentBrowser(navigator.userAgent));

export interface PanelDetailsProps {
  /** Newest first. */
  requests: readonly LoggedRequest[];
}

export default function PanelDetails({ requests }: PanelDetailsProps) {
  const cookieStatus = cookieStatusOf(requests);
  const corsStatus = corsStatusOf(requests);
  return (
    <>
      <dl>
        <StatusRow name="Page" value={location.origin} />
        <StatusRow name="API" value={apiUrl} />
        <StatusRow name="Relation" value={siteRelationTexts[siteRelation]} status={siteRelation} />
        <StatusRow name="CORS" value={corsTexts[corsStatus]} status={corsStatus} />
        <StatusRow name="Cookie" value={cookieTexts[cookieStatus]} status={cookieStatus} />
        {cookieStatus === 'blocked' && blocked && (
          <StatusRow name="Why" value={`${blocked.title} ${blocked.cure}`} status={blocked.code} />
        )}
      </dl>
      <h3 id="requests">Requests, newest first</h3>
      <ol aria-labelledby="requests">
        {requests.map((request) => (
          <RequestItem key={request.id} request={request} />
        ))}
      </ol>
      <p>
        <b>Preflight</b>: before this request, the browser asks the API with OPTIONS whether it may send it. The reason
        is shown beside it. The browser remembers the response for up to two hours.
      </p>
    </>
  );
}

function StatusRow({ name, value, status }: { name: string; value: string; status?: string }) {
  return (
    <div data-name={name.toLowerCase()} data-status={status}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
