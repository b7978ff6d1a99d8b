import type { Schemas } from '../api/client';
import { ErrorMessage } from '../error-message';
import { useEndOtherSessions, useEndSession, useSessions } from './use-sessions';

export function SessionList() {
  const { data, error, isFetching, refetch } = useSessions();
  const endOthers = useEndOtherSessions();
  return (
    <section aria-labelledby="sessions">
      <div className="title-row">
        <h2 id="sessions">Your sessions</h2>
        {data && data.count > 1 && <button onClick={() => endOthers.mutate()}>End all other sessions</button>}
      </div>
      <ErrorMessage error={error} onRetry={() => void refetch()} />
      <ErrorMessage error={endOthers.error} onRetry={() => endOthers.mutate()} />
      <ul className="list" aria-busy={isFetching}>
        {data?.items.map((session) => (
          <SessionItem key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function SessionItem({ session: { id, device, ip, lastUsedAt, current } }: { session: Schemas['Session'] }) {
  const end = useEndSession();
  return (
    <li className="card title-row" data-current={current}>
      <div>
        <h3>{device}</h3>
        <p className="note">
          {ip} · last used {format.format(new Date(lastUsedAt))}
        </p>
      </div>
      {current ? (
        <span className="tag">Current session</span>
      ) : (
        <button onClick={() => end.mutate(id)} aria-label={`End the session of ${device}`}>
          End
        </button>
      )}
      <ErrorMessage error={end.error} onRetry={() => end.mutate(id)} />
    </li>
  );
}
