import { lazy, Suspense, useState, useSyncExternalStore, type ComponentType } from 'react';
import { requestLog } from '../api/request-log';
import { cookieStatusOf } from './cookie';
import { corsStatusOf } from './cors';
import type { PanelDetailsProps } from './panel-details';
import { shortTexts } from './texts';

/** When the script does not arrive, the page works without it. */
const noDetails: { default: ComponentType<PanelDetailsProps> } = { default: () => null };

/** Loaded when the panel is open: with the rules about browsers comes the public suffix list. */
const PanelDetails = lazy(() => import('./panel-details').catch(() => noDetails));

/** On a phone, the panel starts folded. */
const isWide = matchMedia('(min-width: 60rem)').matches;

/** Helps to debug a cross-origin set-up without the developer tools: what this page knows about it. */
export function BrowserPanel() {
  const [isOpen, setIsOpen] = useState(isWide);
  const requests = useSyncExternalStore(requestLog.subscribe, requestLog.getSnapshot);
  const cookieStatus = cookieStatusOf(requests);
  return (
    // Focusable, because it scrolls on a desktop: so it can be scrolled with the keyboard.
    <aside aria-labelledby="browser" tabIndex={0} data-cookie-status={cookieStatus}>
      <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>
          <h2 id="browser">What the browser sees</h2>
          <small>
            {shortTexts[corsStatusOf(requests)]}
            {cookieStatus !== 'unknown' && ` · ${shortTexts[cookieStatus]}`}
          </small>
        </summary>
        {isOpen && (
          <Suspense fallback={<p aria-busy="true">Loading</p>}>
            <PanelDetails requests={requests} />
          </Suspense>
        )}
      </details>
    </aside>
  );
}
