import type { ReactNode } from 'react';
import { Link } from '../router/link';
import { useCurrentUser } from './use-current-user';

/** A collapsed form for a user who is logged in; for everyone else, a link to the log-in. */
export function LogInRequired({ summary, children }: { summary: string; children: ReactNode }) {
  const { data: user, isPending } = useCurrentUser();
  if (isPending) return null;
  if (!user)
    return (
      <p className="note">
        {summary}? <Link href="/account">Log in or register</Link> first.
      </p>
    );
  return (
    <details className="card">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
