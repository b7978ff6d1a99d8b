import type { Schemas } from '../api/client';
import { Trouble } from '../trouble';
import { useEndOtherSessions, useEndSession, useSessions } from './use-sessions';

export function SessionList() {
  const { data, error } = useSessions();
  const others = useEndOtherSessions();
  return (
    <section aria-labelledby="sessions">
      <div className="headline">
        <h2 id="sessions">Where you are logged in</h2>
        {data && data.count > 1 && <button onClick={() => others.mutate()}>End all others</button>}
      </div>
      <Trouble error={error ?? others.error} />
      <ul className="list">
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
    <li className="card headline" data-current={current}>
      <div>
        <h3>{device}</h3>
        <p className="byline">
          {ip} · used {format.format(new Date(lastUsedAt))}
        </p>
      </div>
      {current ? (
        <span className="tag">This one</span>
      ) : (
        <button onClick={() => end.mutate(id)} aria-label={`End the session of ${device}`}>
          End
        </button>
      )}
      <Trouble error={end.error} />
    </li>
  );
}
